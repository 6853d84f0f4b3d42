using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Engine;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Ledger;

/// <summary>Reads a ledger as it is at one moment, without disturbing a bot that writes in it.</summary>
internal sealed class LedgerReader : IDisposable
{
    private const int CandlesForDecimals = 100;

    private readonly LedgerView _view;
    private readonly int _version;

    private LedgerReader(string path, LedgerView view, int version, string algorithm)
    {
        _view = view;
        _version = version;
        Path = path;
        Algorithm = algorithm.ToLowerInvariant();
        State = LedgerRows.ReadState(view.Connection);
    }

    public string Path { get; }

    public required Symbol Symbol { get; init; }

    public required Timeframe Timeframe { get; init; }

    /// <summary>As the option has it: <c>group</c>, <c>simple</c>, <c>corrected</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The engine's state; none before the bot's first candle or message.</summary>
    public EngineSnapshot? State { get; }

    /// <exception cref="BotException">There is no such ledger, or it can't be read.</exception>
    public static LedgerReader Open(string dataDirectory, Symbol symbol, Timeframe timeframe)
    {
        var path = LedgerFile.PathOf(dataDirectory, symbol, timeframe);
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            throw Missing(path);
        }

        return LedgerFaults.Guard(path, () => OpenFile(path, symbol, timeframe));
    }

    /// <summary>Reads something, and explains what goes wrong with it.</summary>
    /// <exception cref="BotException">The ledger is damaged, or a bot has just begun to write in it.</exception>
    public T Read<T>(Func<LedgerReader, T> read)
    {
        T result;
        try
        {
            result = LedgerFaults.Guard(Path, () => read(this));
        }
        catch (BotException)
        {
            _view.ThrowIfChanged();
            throw;
        }

        _view.ThrowIfChanged();
        return result;
    }

    /// <summary>All gaps, in order.</summary>
    public IEnumerable<LedgerGap> ReadGaps() => LedgerRows.ReadGaps(_view.Connection);

    /// <summary>All trades, in order.</summary>
    public IEnumerable<Trade> ReadTrades() => LedgerRows.ReadTrades(_view.Connection);

    /// <summary>The last candle that closed.</summary>
    public Candle? ReadLastCandle() => LedgerRows.ReadNewestCandles(_view.Connection, 1) is [var last] ? last : null;

    /// <summary>How many messages wait for the chat that is furthest behind.</summary>
    public long CountWaitingMessages() => _version >= LedgerSchema.FirstWithMessages ? _view.Connection.ReadInt64(Outbox.Waits) : 0;

    /// <summary>The contract as the exchange last described it, or what its candles tell of it.</summary>
    public Instrument ReadInstrument()
    {
        if (_version >= LedgerSchema.FirstWithMessages && LedgerRows.ReadInstrument(_view.Connection, Symbol, Timeframe) is { } instrument)
        {
            return instrument;
        }

        var candles = LedgerRows.ReadNewestCandles(_view.Connection, CandlesForDecimals);
        return new()
        {
            Symbol = Symbol,
            Timeframe = Timeframe,
            BaseAsset = Symbol.ToString(),
            QuoteAsset = "USD",
            PriceDecimals = candles.Select(candle => Math.Max(Instrument.DecimalsOf(candle.Low), Instrument.DecimalsOf(candle.High))).DefaultIfEmpty(0).Max(),
        };
    }

    public void Dispose() => _view.Dispose();

    private static LedgerReader OpenFile(string path, Symbol symbol, Timeframe timeframe)
    {
        var view = LedgerView.Open(path);
        try
        {
            // A transaction that only reads: no writer waits for it, and all reading sees the same moment.
            view.Connection.Execute("BEGIN");
            var version = LedgerSchema.ReadVersion(view.Connection, path);
            return version == 0
                ? throw Missing(path)
                : new(path, view, version, LedgerSchema.ReadAlgorithm(view.Connection, path, symbol, timeframe)) { Symbol = symbol, Timeframe = timeframe };
        }
        catch
        {
            view.Dispose();
            throw;
        }
    }

    private static BotException Missing(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var others = Directory.Exists(folder)
            ? string.Join(", ", Directory.EnumerateFiles(folder, "*.db").Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal).Where(name => name != System.IO.Path.GetFileName(path)).Take(10))
            : string.Empty;
        return new(
            ExitCode.Configuration,
            $"There is no ledger {System.IO.Path.GetFullPath(path)}{(others.Length > 0 ? $" (the folder has {others})" : string.Empty)}: no bot has written there yet. Name another by --symbol, --timeframe and --data-directory, as the bot has them.");
    }
}
