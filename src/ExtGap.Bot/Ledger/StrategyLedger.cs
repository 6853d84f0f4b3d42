using System.Globalization;
using System.Text.Json;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using ExtGap.Shared;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExtGap.Bot.Ledger;

/// <summary>
/// The truth about one symbol and timeframe, in SQLite: the engine's state and all gaps and trades. What an input of the engine's causes
/// is written in one transaction, so a killed bot has done all of it or nothing.
/// </summary>
internal sealed class StrategyLedger : IDisposable
{
    /// <summary>How many of the newest candles are kept at least.</summary>
    public const int CandlesKept = 10_000;

    /// <summary>How many more there may be: those that leave lie on a page of their own, which need not be written for each candle.</summary>
    public const int CandlesBetweenPrunings = 100;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insertCandle;
    private readonly SqliteCommand _insertGap;
    private readonly SqliteCommand _putTrade;
    private readonly SqliteCommand _putState;
    private readonly SqliteCommand _addMessage;
    private readonly Timeframe _timeframe;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _isOurs;
    private readonly SqliteCommand _commit;
    private readonly ulong? _inode;

    private NewMessages _told;

    // From the start on, or a bot that is always restarted would never do it.
    private int _unpruned = CandlesBetweenPrunings;

    private StrategyLedger(SqliteConnection connection, Timeframe timeframe)
    {
        _connection = connection;
        _timeframe = timeframe;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _isOurs = connection.Prepare("SELECT COUNT(*) FROM writer WHERE token = $token");
        _commit = connection.Prepare("COMMIT");
        _insertCandle = connection.Prepare("INSERT INTO candles VALUES ($open_time, $close_time, $open, $high, $low, $close, $volume)");
        _insertGap = connection.Prepare(
            "INSERT INTO gaps (detected_at, polarity, sequence_number, level, opening_bar, detection_bar, is_first, is_reversal) VALUES ($detected, $polarity, $sequence, $level, $opening, $detection, $first, $reversal)");
        _putTrade = connection.Prepare(
            "INSERT OR REPLACE INTO trades VALUES ($number, $side, $entry_time, $entry_price, $exit_time, $exit_price, $notional, $entry_fee_rate, $exit_fee_rate, $reason)");
        _addMessage = connection.Prepare("INSERT INTO messages (at, html, line, is_gap) VALUES ($at, $html, $line, $is_gap)");
        _putState = connection.Prepare("INSERT OR REPLACE INTO state VALUES (1, $engine)");
        TakeOver();
        _inode = FileFacts.Of(connection.DataSource)?.Inode;
        State = LedgerRows.ReadState(connection);
    }

    /// <summary>The engine's state when the ledger was opened; none in a new one.</summary>
    public EngineSnapshot? State { get; }

    /// <summary>Opens a ledger, or makes a new one.</summary>
    /// <exception cref="BotException">It can't be opened, or is not the ledger of this symbol, timeframe and algorithm.</exception>
    public static StrategyLedger Open(string path, Symbol symbol, Timeframe timeframe, GapAlgorithm algorithm)
    {
        LedgerCheck.Run(path);
        return LedgerFaults.Guard(path, () => OpenWhole(path, symbol, timeframe, algorithm));
    }

    /// <summary>Looks whether the ledger is still in its place: SQLite goes on writing into a file that has no name any more, and all of it is lost.</summary>
    /// <exception cref="BotException">It was deleted, or another file is there.</exception>
    public void CheckPlace()
    {
        var path = _connection.DataSource;
        if (FileFacts.Of(path) is { } facts && _inode is { } inode ? facts.Inode != inode : !File.Exists(path))
        {
            throw LedgerFaults.Gone(path);
        }
    }

    /// <summary>Begins what <see cref="Commit"/> ends.</summary>
    /// <exception cref="BotException">Another bot has opened the ledger since: this one stands where that one was, and would undo what it has done.</exception>
    public void Begin()
    {
        _begin.Run();
        if (_isOurs.ExecuteScalar() is 1L)
        {
            return;
        }

        _connection.Execute("ROLLBACK");
        throw new BotException(
            ExitCode.LedgerInUse,
            $"Another bot has opened the ledger {_connection.DataSource} since, as it can when the .lock file beside it is deleted: stop one of the two, or use another --data-directory.");
    }

    public void Add(in Candle candle)
    {
        _unpruned++;
        _insertCandle.Run(
            candle.OpenTime.UnixMilliseconds,
            candle.CloseTime.UnixMilliseconds,
            candle.Open.ToString(),
            candle.High.ToString(),
            candle.Low.ToString(),
            candle.Close.ToString(),
            candle.Volume.ToString(CultureInfo.InvariantCulture));
    }

    public void Add(LedgerGap found) => _insertGap.Run(
        found.DetectedAt.UnixMilliseconds,
        found.Gap.Polarity.ToString(),
        found.Gap.SequenceNumber,
        found.Gap.Level.ToString(),
        found.Gap.OpeningBar.UnixMilliseconds,
        found.Gap.DetectionBar.UnixMilliseconds,
        found.Gap.IsFirst,
        found.Gap.IsReversal);

    /// <summary>Adds a trade, or puts a corrected one in the place of the one of its number.</summary>
    public void Put(Trade trade) => _putTrade.Run(
        trade.Number,
        trade.Position.Side.ToString(),
        trade.Position.EntryTime.UnixMilliseconds,
        trade.Position.EntryPrice.ToString(),
        trade.ExitTime.UnixMilliseconds,
        trade.ExitPrice.ToString(),
        trade.Position.Notional.ToString(CultureInfo.InvariantCulture),
        trade.Position.EntryFeeRate.ToString(CultureInfo.InvariantCulture),
        trade.Position.ExitFeeRate.ToString(CultureInfo.InvariantCulture),
        trade.Reason.ToString());

    /// <summary>Adds a message for the chats.</summary>
    public void Add(OutboxText message)
    {
        _addMessage.Run(message.At.UnixMilliseconds, message.Html, (object?)message.Line ?? DBNull.Value, message.IsGap);
        _told = new(_told.Count + 1, raw.sqlite3_last_insert_rowid(_connection.Handle), _told.Count > 0 ? _told.FirstAt : message.At);
    }

    /// <summary>The contract as the exchange last described it; none before it has.</summary>
    public Instrument? ReadInstrument(Symbol symbol) => LedgerRows.ReadInstrument(_connection, symbol, _timeframe);

    public void Put(Instrument instrument)
    {
        using var command = _connection.Prepare("INSERT OR REPLACE INTO instrument VALUES (1, $base, $quote, $decimals)");
        command.Run(instrument.BaseAsset, instrument.QuoteAsset, instrument.PriceDecimals);
    }

    /// <summary>Open time of the candle with which the ledger begins; none before that is settled.</summary>
    public Instant? ReadBeginning() => ReadTime("SELECT open_time FROM beginning");

    /// <summary>Settles where the ledger begins, once and for all.</summary>
    public void PutBeginning(Instant openTime)
    {
        using var command = _connection.Prepare("INSERT OR IGNORE INTO beginning VALUES (1, $open_time)");
        command.Run(openTime.UnixMilliseconds);
    }

    /// <summary>The boundary of the last statistics that were told; none before the first.</summary>
    public Instant? ReadReportsToldThrough() => ReadTime("SELECT told_through FROM reports");

    public void PutReportsToldThrough(Instant boundary)
    {
        using var command = _connection.Prepare("INSERT OR REPLACE INTO reports VALUES (1, $told)");
        command.Run(boundary.UnixMilliseconds);
    }

    /// <summary>Writes everything since <see cref="Begin"/> together with the engine's state after it, or nothing.</summary>
    /// <returns>The messages among it.</returns>
    public NewMessages Commit(EngineSnapshot state)
    {
        _putState.Run(JsonSerializer.Serialize(state, LedgerJson.Default.EngineSnapshot));
        if (_unpruned >= CandlesBetweenPrunings && state.LastCandle is { } last)
        {
            _unpruned = 0;
            using var prune = _connection.Prepare("DELETE FROM candles WHERE open_time < $before");
            prune.Run(last.UnixMilliseconds - (CandlesKept * (long)_timeframe.NominalLength.TotalMilliseconds));
        }

        _commit.Run();
        var told = _told;
        _told = default;
        return told;
    }

    /// <summary>All gaps, in order.</summary>
    public IEnumerable<LedgerGap> ReadGaps() => LedgerFaults.Guard(_connection.DataSource, LedgerRows.ReadGaps(_connection));

    /// <summary>All trades, in order.</summary>
    public IEnumerable<Trade> ReadTrades() => LedgerFaults.Guard(_connection.DataSource, LedgerRows.ReadTrades(_connection));

    public void Dispose()
    {
        _begin.Dispose();
        _isOurs.Dispose();
        _commit.Dispose();
        _insertCandle.Dispose();
        _insertGap.Dispose();
        _putTrade.Dispose();
        _putState.Dispose();
        _addMessage.Dispose();
        _connection.Dispose();
    }

    /// <summary>Leaves a mark that the bot before, should it still run, finds before it writes again.</summary>
    private void TakeOver()
    {
        var token = Random.Shared.NextInt64();
        _isOurs.Parameters[0].Value = token;
        using var command = _connection.Prepare("INSERT OR REPLACE INTO writer VALUES (1, $token)");
        command.Run(token);
    }

    private Instant? ReadTime(string sql)
    {
        using var command = _connection.Prepare(sql);
        return command.ExecuteScalar() is long time ? new Instant(time) : null;
    }

    private static StrategyLedger OpenWhole(string path, Symbol symbol, Timeframe timeframe, GapAlgorithm algorithm)
    {
        var connection = LedgerConnection.OpenOrCreate(path);
        try
        {
            LedgerSchema.Prepare(connection, path, symbol, timeframe, algorithm);
            return new(connection, timeframe);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
