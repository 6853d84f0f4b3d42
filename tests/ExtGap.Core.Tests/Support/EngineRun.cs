using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Tests.Support;

/// <summary>An engine and what it said so far, with corrections in their places, as a ledger would keep it.</summary>
internal sealed class EngineRun : ICandleSink
{
    private readonly List<EngineEvent> _events = [];
    private int _applied;

    public EngineRun(GapAlgorithm algorithm, TradingOptions? options = null)
        : this(new StrategyEngine(algorithm, options ?? new()))
    {
    }

    public EngineRun(StrategyEngine engine) => Engine = engine;

    public StrategyEngine Engine { get; }

    public IReadOnlyList<EngineEvent> Events => _events;

    public List<ExternalGap> Gaps { get; } = [];

    public List<Position> Entries { get; } = [];

    public List<Trade> Trades { get; } = [];

    public static EngineRun Of(GapAlgorithm algorithm, IEnumerable<Candle> candles, TradingOptions? options = null)
    {
        var run = new EngineRun(algorithm, options);
        run.CloseAll(candles);
        return run;
    }

    public void CandleOpened(Instant openTime, Price open)
    {
        Engine.CandleOpened(openTime, open, _events);
        Apply();
    }

    public void CandleClosed(in Candle candle)
    {
        Engine.CandleClosed(candle, _events);
        Apply();
    }

    public void CloseAll(IEnumerable<Candle> candles)
    {
        foreach (var candle in candles)
        {
            CandleClosed(candle);
        }
    }

    private void Apply()
    {
        for (; _applied < _events.Count; _applied++)
        {
            switch (_events[_applied])
            {
                case EngineEvent.GapDetected(var gap):
                    Gaps.Add(gap);
                    break;
                case EngineEvent.EntryExecuted(var position):
                    Entries.Add(position);
                    break;
                case EngineEvent.PositionClosed(var trade):
                    Trades.Add(trade);
                    Assert.Equal(Trades.Count, trade.Number);
                    break;
                case EngineEvent.EntryCorrected(var wrong, var right):
                    Assert.Equal(Entries[^1], wrong);
                    Entries[^1] = right;
                    break;
                case EngineEvent.TradeCorrected(var right):
                    Trades[right.Number - 1] = right;
                    break;
                case var other:
                    throw new InvalidOperationException($"An event of an unknown kind: {other}");
            }
        }
    }
}
