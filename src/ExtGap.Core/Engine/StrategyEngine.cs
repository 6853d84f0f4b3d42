using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Engine;

/// <summary>
/// The strategy of one symbol and timeframe: candles in, events out. It knows no clock, file or network, so live, backfill, replay and
/// backtest give the same events for the same candles. Candles that it has seen already change nothing.
/// </summary>
public sealed class StrategyEngine
{
    private readonly GapAlgorithm _algorithm;
    private readonly GapDetector _detector;
    private readonly PaperTrader _trader;
    private Instant? _lastCandle;
    private Trend _trend;
    private GapStatistics _gaps;

    /// <summary>An engine at the start of a stream.</summary>
    public StrategyEngine(GapAlgorithm algorithm, TradingOptions trading)
    {
        _algorithm = algorithm;
        _detector = GapDetector.Create(algorithm);
        _trader = new(trading);
    }

    /// <summary>An engine that goes on where the one of the snapshot was. The options may be others: they count from now on.</summary>
    /// <exception cref="ArgumentException">The snapshot is another algorithm's.</exception>
    public StrategyEngine(GapAlgorithm algorithm, TradingOptions trading, EngineSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Algorithm != algorithm)
        {
            throw new ArgumentException($"A snapshot of {snapshot.Algorithm} can't go on as {algorithm}.", nameof(snapshot));
        }

        _algorithm = algorithm;
        _detector = GapDetector.Restore(algorithm, snapshot.Detector);
        _trader = new(trading, snapshot.Trader, snapshot.Provisional);
        _lastCandle = snapshot.LastCandle;
        _trend = snapshot.Trend;
        _gaps = snapshot.Gaps;
    }

    /// <summary>Open time of the last candle that closed.</summary>
    public Instant? LastCandle => _lastCandle;

    /// <summary>Polarity and sequence number of the last gap.</summary>
    public Trend Trend => _trend;

    /// <summary>What the gaps come to.</summary>
    public GapStatistics Gaps => _gaps;

    /// <summary>Position, pending entry and what the trades come to.</summary>
    public TraderState Trader => _trader.State;

    /// <summary>How many candles have closed.</summary>
    public long CandleCount => _detector.CandleCount;

    /// <summary>The first update of a candle: executes a pending entry at its open.</summary>
    /// <param name="openTime">The candle's open time.</param>
    /// <param name="open">The candle's open.</param>
    /// <param name="events">Where the events are added.</param>
    public void CandleOpened(Instant openTime, Price open, IList<EngineEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (_lastCandle is not { } last || openTime > last)
        {
            _trader.Open(openTime, open, events);
        }
    }

    /// <summary>A candle has closed: pending entry at its open, then expiry at its close, then the search for a gap.</summary>
    /// <param name="candle">The candle, the next one of the stream, holes left out.</param>
    /// <param name="events">Where the events are added.</param>
    /// <returns>Whether the candle was new.</returns>
    public bool CandleClosed(in Candle candle, IList<EngineEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (_lastCandle is { } last && candle.OpenTime <= last)
        {
            return false;
        }

        _lastCandle = candle.OpenTime;
        _trader.Close(candle, events);
        if (_detector.TryDetect(candle, out var found))
        {
            var gap = _trend.Place(found, candle.CloseTime);
            _trend = _trend.After(found);
            _gaps = _gaps.After(gap);
            _trader.Signal(gap);
            events.Add(new EngineEvent.GapDetected(gap));
        }

        return true;
    }

    /// <summary>Everything that the next candles need.</summary>
    public EngineSnapshot Snapshot() => new()
    {
        Algorithm = _algorithm,
        LastCandle = _lastCandle,
        Detector = _detector.Snapshot(),
        Trend = _trend,
        Gaps = _gaps,
        Trader = _trader.State,
        Provisional = _trader.Provisional,
    };
}
