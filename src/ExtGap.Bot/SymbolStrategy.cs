using System.Buffers;
using System.Globalization;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Projections;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot;

/// <summary>
/// The strategy of one contract on its way: candle → engine → ledger → CSV files. Updates are applied one by one; what they cause is
/// committed together, and only then written into the CSV files and told.
/// </summary>
internal sealed class SymbolStrategy : IDisposable
{
    private readonly Symbol _symbol;
    private readonly string _name;
    private readonly StrategyEngine _engine;
    private readonly StrategyLedger _ledger;
    private readonly CsvProjection _gapFile;
    private readonly CsvProjection _tradeFile;
    private readonly ILogger _log;
    private readonly List<EngineEvent> _events = [];
    private readonly ArrayBufferWriter<byte> _gapRows = new();
    private readonly ArrayBufferWriter<byte> _tradeRows = new();
    private readonly List<EngineEvent> _told = [];
    private bool _begun;
    private bool _tradeReplaced;

    private SymbolStrategy(Symbol symbol, Timeframe timeframe, StrategyEngine engine, StrategyLedger ledger, string folder, TimeProvider time, ILogger log)
    {
        _symbol = symbol;
        _name = $"{symbol} {timeframe}";
        _engine = engine;
        _ledger = ledger;
        _log = log;
        _gapFile = new(Path.Combine(folder, CsvFormat.GapFileName(symbol, timeframe)), WriteAllGaps, time, log);
        _tradeFile = new(Path.Combine(folder, CsvFormat.TradeFileName(symbol, timeframe)), WriteAllTrades, time, log);
    }

    /// <summary>Open time of the last candle that was committed.</summary>
    public Instant? LastCandle => _engine.LastCandle;

    /// <summary>Where it stands, in words.</summary>
    public string State => $"{_name} {DescribeState(_engine)}";

    /// <summary>Opens the ledger, or makes a new one, and makes the CSV files what it gives.</summary>
    /// <exception cref="BotException">The ledger can't be used.</exception>
    public static SymbolStrategy Open(Symbol symbol, Configuration.BotOptions options, TimeProvider time, ILogger log)
    {
        var path = LedgerFile.PathOf(options.DataDirectory, symbol, options.Timeframe);
        var strategy = options.Strategy;
        var ledger = StrategyLedger.Open(path, symbol, options.Timeframe, strategy.Algorithm);
        var engine = ledger.State is { } state
            ? new StrategyEngine(strategy.Algorithm, strategy.Trading, state)
            : new StrategyEngine(strategy.Algorithm, strategy.Trading);
        var opened = new SymbolStrategy(symbol, options.Timeframe, engine, ledger, options.DataDirectory, time, log);
        opened.TellBeginning(path, options.Since is not null);
        opened._gapFile.Synchronize();
        opened._tradeFile.Synchronize();
        return opened;
    }

    /// <summary>Gives an update to the engine and what it causes to the ledger, where <see cref="Commit"/> makes it last.</summary>
    public void Apply(in CandleUpdate update)
    {
        if (update.Closed is { } candle)
        {
            if (_engine.CandleClosed(candle, _events))
            {
                Begin();
                _ledger.Add(candle);
                _log.CandleClosed(_name, candle);
            }
        }
        else
        {
            _engine.CandleOpened(update.OpenTime, update.Open, _events);
        }

        foreach (var happened in _events)
        {
            Begin();
            Record(happened, update.Now);
        }

        _told.AddRange(_events);
        _events.Clear();
    }

    /// <summary>Commits everything since the last time, then writes the rows and tells what happened.</summary>
    public void Commit()
    {
        if (!_begun)
        {
            return;
        }

        _ledger.Commit(_engine.Snapshot());
        _begun = false;
        Write(_gapFile, _gapRows);
        if (_tradeReplaced)
        {
            _tradeReplaced = false;
            _tradeRows.ResetWrittenCount();
            _tradeFile.Replace();
        }

        Write(_tradeFile, _tradeRows);
        _told.ForEach(Tell);
        _told.Clear();
    }

    public void Dispose() => _ledger.Dispose();

    private void Begin()
    {
        if (!_begun)
        {
            _ledger.Begin();
            _begun = true;
        }
    }

    private void Record(EngineEvent happened, Instant now)
    {
        switch (happened)
        {
            case EngineEvent.GapDetected { Gap: var gap }:
                _ledger.Add(new LedgerGap(gap, now));
                CsvFormat.WriteGap(_gapRows, _symbol, gap, now);
                break;
            case EngineEvent.PositionClosed { Trade: var trade }:
                _ledger.Put(trade);
                CsvFormat.WriteTrade(_tradeRows, _symbol, trade);
                break;
            case EngineEvent.TradeCorrected { Right: var trade }:
                _ledger.Put(trade);
                _tradeReplaced = true;
                break;
            case EngineEvent.EntryExecuted or EngineEvent.EntryCorrected:
                // The position is part of the engine's state.
                break;
            default:
                throw new InvalidOperationException($"{nameof(EngineEvent)} has a case {happened.GetType().Name} that the strategy does not know.");
        }
    }

    private static void Write(CsvProjection file, ArrayBufferWriter<byte> rows)
    {
        if (rows.WrittenCount > 0)
        {
            file.Append(rows.WrittenSpan);
            rows.ResetWrittenCount();
        }
    }

    private void WriteAllGaps(IBufferWriter<byte> output)
    {
        output.Write(CsvFormat.GapHeader);
        foreach (var found in _ledger.ReadGaps())
        {
            CsvFormat.WriteGap(output, _symbol, found.Gap, found.DetectedAt);
        }
    }

    private void WriteAllTrades(IBufferWriter<byte> output)
    {
        output.Write(CsvFormat.TradeHeader);
        foreach (var trade in _ledger.ReadTrades())
        {
            CsvFormat.WriteTrade(output, _symbol, trade);
        }
    }

    private void TellBeginning(string path, bool sinceGiven)
    {
        if (_engine.LastCandle is not { } last)
        {
            _log.NewLedger(_name, path);
            return;
        }

        _log.LedgerContinued(_name, path, last, DescribeState(_engine));
        if (sinceGiven)
        {
            _log.SincePassedOver(_name);
        }
    }

    private void Tell(EngineEvent happened)
    {
        switch (happened)
        {
            case EngineEvent.GapDetected { Gap: var gap }:
                var remark = gap.IsFirst ? ", the first" : gap.IsReversal ? ", a reversal" : string.Empty;
                _log.GapDetected(_name, gap.Polarity == Polarity.Bullish ? "bullish" : "bearish", gap.SequenceNumber, Show(gap.Level), gap.OpeningBar, gap.DetectionBar, remark);
                break;
            case EngineEvent.EntryExecuted { Position: var position }:
                _log.EntryExecuted(_name, Show(position.Side), Show(position.EntryPrice), position.EntryTime);
                break;
            case EngineEvent.PositionClosed { Trade: var trade }:
                TellClosed(trade);
                break;
            case EngineEvent.TradeCorrected { Right: var trade }:
                TellClosed(trade);
                break;
            case EngineEvent.EntryCorrected { Wrong: var wrong, Right: var right }:
                _log.EntryCorrected(_name, Show(wrong.EntryPrice), Show(right.EntryPrice), right.EntryTime);
                break;
            default:
                throw new InvalidOperationException($"{nameof(EngineEvent)} has a case {happened.GetType().Name} that has no words.");
        }
    }

    private void TellClosed(Trade trade) => _log.PositionClosed(
        _name,
        Show(trade.Position.Side),
        Show(trade.Position.EntryPrice),
        Show(trade.ExitPrice),
        trade.Result.ToString().ToUpperInvariant(),
        Show(trade.RealizedProfit),
        trade.Reason == CloseReason.Reverse ? "reversed" : "held long enough",
        Show(trade.Cumulative.Profit));

    private static string DescribeState(StrategyEngine engine)
    {
        var trader = engine.Trader;
        var position = trader.Position is { } open ? $"{Show(open.Side)} since {open.EntryTime} at {Show(open.EntryPrice)}" : "flat";
        var pending = trader.PendingEntry is { } side ? $", entry {Show(side)} pending" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{position}{pending}, {engine.Gaps.Count} gaps, {trader.Statistics.Count} trades, {Show(trader.Statistics.Profit)} USD");
    }

    private static string Show(Side side) => side == Side.Long ? "LONG" : "SHORT";

    private static string Show(Price price) => price.ToDecimal().ToString("0.########", CultureInfo.InvariantCulture);

    private static string Show(decimal money) => Math.Round(money, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
}
