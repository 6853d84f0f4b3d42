using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Strategy;

/// <summary>
/// The strategy of one contract on its way: candle → engine → ledger → CSV files and messages. Updates are applied one by one; what they
/// cause is committed together, and only then written into the CSV files and told.
/// </summary>
internal sealed class SymbolStrategy : IDisposable
{
    private readonly BotOptions _options;
    private readonly Symbol _symbol;
    private readonly string _name;
    private readonly StrategyEngine _engine;
    private readonly StrategyLedger _ledger;
    private readonly StrategyFiles _files;
    private readonly StrategyLog _words;
    private readonly ILogger _log;
    private readonly List<EngineEvent> _events = [];
    private readonly List<EngineEvent> _committed = [];
    private StrategyNarrator? _narrator;
    private ReportSchedule? _reports;
    private bool _begun;

    private SymbolStrategy(Symbol symbol, BotOptions options, StrategyEngine engine, StrategyLedger ledger, TimeProvider time, ILogger log)
    {
        _options = options;
        _symbol = symbol;
        _name = $"{symbol} {options.Timeframe}";
        _engine = engine;
        _ledger = ledger;
        _log = log;
        _words = new(_name, log);
        _files = new(symbol, options, ledger, time, log);
        if (ledger.ReadInstrument(symbol) is { } instrument)
        {
            _narrator = NarratorOf(instrument);
        }
    }

    /// <summary>The contract.</summary>
    public Symbol Symbol => _symbol;

    /// <summary>The length of its candles.</summary>
    public Timeframe Timeframe => _options.Timeframe;

    /// <summary>The engine, for whoever tells of its state.</summary>
    public StrategyEngine Engine => _engine;

    /// <summary>Open time of the candle with which the ledger begins; none before the exchange was asked for it.</summary>
    public Instant? Beginning => _ledger.ReadBeginning();

    /// <summary>Close of the last candle; none before the first since the start.</summary>
    public Price? LastClose { get; private set; }

    /// <summary>Where it stands, in words.</summary>
    public string State => $"{_name} {StrategyLog.Describe(_engine)}";

    /// <summary>In whose name its messages speak; known when the exchange has described the contract.</summary>
    public MessageOrigin Origin => _narrator?.Origin ?? throw new InvalidOperationException($"{_name}: nothing is known of the contract yet.");

    /// <summary>Opens the ledger, or makes a new one, and makes the CSV files what it gives.</summary>
    /// <exception cref="BotException">The ledger can't be used.</exception>
    public static SymbolStrategy Open(Symbol symbol, BotOptions options, TimeProvider time, ILogger log)
    {
        var path = LedgerFile.PathOf(options.DataDirectory, symbol, options.Timeframe);
        var (algorithm, trading) = options.Strategy;
        var ledger = StrategyLedger.Open(path, symbol, options.Timeframe, algorithm);
        try
        {
            var engine = ledger.State is { } state ? Restore(path, algorithm, trading, state) : new StrategyEngine(algorithm, trading);
            var opened = new SymbolStrategy(symbol, options, engine, ledger, time, log);
            opened.TellBeginning(path);
            opened._files.Synchronize();
            return opened;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="StrategyLedger.CheckPlace"/>
    public void CheckPlace() => _ledger.CheckPlace();

    /// <summary>The exchange has described the contract: the chats are told that the bot has started, once that is committed.</summary>
    public void Start(FeedContract contract, Instant now)
    {
        var specification = contract.Specification;
        var instrument = new Instrument
        {
            Symbol = _symbol,
            Timeframe = _options.Timeframe,
            BaseAsset = specification.BaseAsset,
            QuoteAsset = specification.QuoteAsset,
            PriceDecimals = Instrument.DecimalsOf(specification.TickSize),
        };
        _narrator = NarratorOf(instrument);
        Begin();
        _ledger.Put(instrument);
        _ledger.PutBeginning(contract.From);
        var toldThrough = _ledger.ReadReportsToldThrough();
        _reports = new(_options.StatsInterval, _options.Timeframe, toldThrough ?? now);
        if (toldThrough is null)
        {
            // Kept, so that a first boundary that passes while the bot is down is told afterwards.
            _reports.Told(_reports.BoundaryOf(now));
            _ledger.PutReportsToldThrough(_reports.ToldThrough);
        }

        _reports.CatchingUp(now);
        Send(_narrator.Started(_engine, contract.From, now));
    }

    /// <summary>Gives an update to the engine and what it causes to the ledger, where <see cref="Commit"/> makes it last.</summary>
    /// <param name="update">The update.</param>
    /// <param name="health">Tells how the bot fares at an exchange's time: statistics want to know, and few candles end where some are due.</param>
    public void Apply(in CandleUpdate update, Func<Instant, BotHealth> health)
    {
        var before = _engine.Trend;
        if (update.Closed is { } candle)
        {
            if (!_engine.CandleClosed(candle, _events))
            {
                return;
            }

            LastClose = candle.Close;
            Begin();
            _ledger.Add(candle);
            _log.CandleClosed(_name, candle);
        }
        else
        {
            _engine.CandleOpened(update.OpenTime, update.Open, _events);
        }

        var happened = update.Closed?.End ?? update.OpenTime;
        var isCaughtUp = update.Now - happened >= _options.Timeframe.NominalLength;
        Record(new(update.Closed?.Close ?? update.Open, before, _engine.Trader.Position, isCaughtUp, update.Now));
        if (isCaughtUp)
        {
            _reports?.CatchingUp(update.Now);
        }
        else if (update.Closed is not null && _reports?.CandleClosed(happened) is { } boundary)
        {
            Report(boundary, update.Now, health);
        }
    }

    /// <summary>Time has passed: statistics may be due.</summary>
    public void Tick(Instant now, Func<Instant, BotHealth> health)
    {
        if (_reports?.Tick(now) is { } boundary)
        {
            Report(boundary, now, health);
        }
    }

    /// <summary>The bot stops: the chats are told so, and where it stands.</summary>
    /// <returns>The messages that this has put into the ledger.</returns>
    public NewMessages? Stop(StopReason reason, string? detail, Instant now, TimeSpan uptime)
    {
        if (_narrator is not null)
        {
            Begin();
            Send(_narrator.Stopped(_engine, reason, detail, now, uptime));
        }

        var told = Commit();
        Publish();
        return told;
    }

    /// <summary>Commits everything since the last time. The CSV files and the log have it with <see cref="Publish"/>, messages may go before.</summary>
    /// <returns>The messages among it; none where there was nothing to commit.</returns>
    public NewMessages? Commit()
    {
        if (!_begun)
        {
            return null;
        }

        var told = _ledger.Commit(_engine.Snapshot());
        _begun = false;
        return told;
    }

    /// <summary>Writes the rows of what is committed, and logs what happened.</summary>
    public void Publish()
    {
        _files.Write();
        _committed.ForEach(_words.Tell);
        _committed.Clear();
    }

    public void Dispose() => _ledger.Dispose();

    private static StrategyEngine Restore(string path, GapAlgorithm algorithm, TradingOptions trading, EngineSnapshot state)
    {
        try
        {
            return new(algorithm, trading, state);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or OverflowException)
        {
            throw LedgerFaults.Damaged(path, $"its state makes no sense: {e.Message}", e);
        }
    }

    private StrategyNarrator NarratorOf(Instrument instrument) =>
        new(MessageTexts.For(_options.Language), new(_options.Instance, instrument), _options.Strategy.Trading.MaxHold);

    private void Begin()
    {
        if (!_begun)
        {
            _ledger.Begin();
            _begun = true;
        }
    }

    private void Record(EventContext context)
    {
        foreach (var happened in _events)
        {
            Begin();
            Record(happened, context.Now);
            if (_options.Telegram is not null && _narrator?.Tell(happened, context) is { } message)
            {
                _ledger.Add(message);
            }
        }

        _committed.AddRange(_events);
        _events.Clear();
    }

    private void Record(EngineEvent happened, Instant now)
    {
        switch (happened)
        {
            case EngineEvent.GapDetected { Gap: var gap }:
                _ledger.Add(new LedgerGap(gap, now));
                _files.Add(gap, now);
                break;
            case EngineEvent.PositionClosed { Trade: var trade }:
                _ledger.Put(trade);
                _files.Add(trade);
                break;
            case EngineEvent.TradeCorrected { Right: var trade }:
                _ledger.Put(trade);
                _files.TradeReplaced();
                break;
            case EngineEvent.EntryExecuted or EngineEvent.EntryCorrected:
                // The position is part of the engine's state.
                break;
            default:
                throw new InvalidOperationException($"{nameof(EngineEvent)} has a case {happened.GetType().Name} that the strategy does not know.");
        }
    }

    private void Report(Instant boundary, Instant now, Func<Instant, BotHealth> health)
    {
        var (feed, uptime) = health(now);
        Begin();
        Send(_narrator!.Statistics(_engine, boundary, now, LastClose, feed, uptime));
        _reports!.Told(boundary);
        _ledger.PutReportsToldThrough(boundary);
    }

    private void Send(OutboxText message)
    {
        if (_options.Telegram is not null)
        {
            _ledger.Add(message);
        }
    }

    private void TellBeginning(string path)
    {
        if (_engine.LastCandle is not { } last)
        {
            _log.NewLedger(_name, path);
            return;
        }

        _log.LedgerContinued(_name, path, last, StrategyLog.Describe(_engine));
        if (_options.Since is not null)
        {
            _log.SincePassedOver(_name);
        }
    }
}
