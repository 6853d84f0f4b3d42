using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Ledger;

/// <summary>The ledger's tables, and whose ledger it is. Times are milliseconds since 1970, prices and amounts decimal text.</summary>
internal static class LedgerSchema
{
    private const string Strategy =
        """
        CREATE TABLE identity (symbol TEXT NOT NULL, timeframe TEXT NOT NULL, algorithm TEXT NOT NULL);
        CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), engine TEXT NOT NULL);
        CREATE TABLE candles (
            open_time INTEGER PRIMARY KEY,
            close_time INTEGER NOT NULL,
            open TEXT NOT NULL,
            high TEXT NOT NULL,
            low TEXT NOT NULL,
            close TEXT NOT NULL,
            volume TEXT NOT NULL);
        CREATE TABLE gaps (
            number INTEGER PRIMARY KEY,
            detected_at INTEGER NOT NULL,
            polarity TEXT NOT NULL,
            sequence_number INTEGER NOT NULL,
            level TEXT NOT NULL,
            opening_bar INTEGER NOT NULL,
            detection_bar INTEGER NOT NULL,
            is_first INTEGER NOT NULL,
            is_reversal INTEGER NOT NULL);
        CREATE TABLE trades (
            number INTEGER PRIMARY KEY,
            side TEXT NOT NULL,
            entry_time INTEGER NOT NULL,
            entry_price TEXT NOT NULL,
            exit_time INTEGER NOT NULL,
            exit_price TEXT NOT NULL,
            notional TEXT NOT NULL,
            entry_fee_rate TEXT NOT NULL,
            exit_fee_rate TEXT NOT NULL,
            reason TEXT NOT NULL);
        """;

    private const string Messages =
        """
        CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, html TEXT NOT NULL, line TEXT, is_gap INTEGER NOT NULL);
        CREATE TABLE chats (chat TEXT PRIMARY KEY, delivered_through INTEGER NOT NULL, moved_to TEXT);
        CREATE TABLE instrument (id INTEGER PRIMARY KEY CHECK (id = 1), base_asset TEXT NOT NULL, quote_asset TEXT NOT NULL, price_decimals INTEGER NOT NULL);
        CREATE TABLE beginning (id INTEGER PRIMARY KEY CHECK (id = 1), open_time INTEGER NOT NULL);
        CREATE TABLE reports (id INTEGER PRIMARY KEY CHECK (id = 1), told_through INTEGER NOT NULL);
        """;

    private const string Writer =
        """
        CREATE TABLE writer (id INTEGER PRIMARY KEY CHECK (id = 1), token INTEGER NOT NULL);
        """;

    // Each takes a ledger from the version before it to its own. Those that were released never change.
    private static readonly string[] Migrations = [Strategy, Messages, Writer];

    /// <summary>The version that this program writes, in SQLite's <c>user_version</c>: the number of migrations.</summary>
    public static int Version => Migrations.Length;

    /// <summary>The first version that has messages, chats and the contract's description.</summary>
    public const int FirstWithMessages = 2;

    /// <summary>Makes an empty database a ledger, or checks that it is the right one.</summary>
    /// <exception cref="BotException">It is a newer version's, or of another symbol, timeframe or algorithm.</exception>
    public static void Prepare(SqliteConnection connection, string path, Symbol symbol, Timeframe timeframe, GapAlgorithm algorithm)
    {
        var version = ReadVersion(connection, path);
        if (version < Version)
        {
            Migrate(connection, version, symbol, timeframe, algorithm);
        }

        var ledgerAlgorithm = ReadAlgorithm(connection, path, symbol, timeframe);
        if (ledgerAlgorithm != algorithm.ToString())
        {
            throw new BotException(
                ExitCode.Configuration,
                $"--algorithm: the ledger {path} was made with {ledgerAlgorithm.ToLowerInvariant()}, which can't be changed to {algorithm.ToString().ToLowerInvariant()} on the way: use --fresh to start anew and keep the old ledger beside the new one.");
        }
    }

    /// <summary>The version of a ledger; 0 where nobody has written in it yet.</summary>
    /// <exception cref="BotException">It is a newer version's, or another program's database.</exception>
    public static int ReadVersion(SqliteConnection connection, string path)
    {
        var version = connection.ReadInt64("PRAGMA user_version");
        if (version > Version)
        {
            throw new BotException(
                ExitCode.Configuration,
                $"The ledger {path} has version {version}, this program knows versions up to {Version}: run the newer extgap-bot that wrote it, or start anew with --fresh, which keeps it beside the new one.");
        }

        if (version == 0 && connection.ReadInt64("SELECT COUNT(*) FROM sqlite_schema") > 0)
        {
            throw new BotException(
                ExitCode.Configuration,
                $"{path} is a database of another program, not a ledger: name another --data-directory, or start anew with --fresh, which keeps it beside the new ledger.");
        }

        return (int)version;
    }

    /// <summary>The algorithm that a ledger was made with.</summary>
    /// <exception cref="BotException">It is of another symbol or timeframe.</exception>
    public static string ReadAlgorithm(SqliteConnection connection, string path, Symbol symbol, Timeframe timeframe)
    {
        var (ledgerSymbol, ledgerTimeframe, algorithm) = ReadIdentity(connection);
        return ledgerSymbol == symbol.ToString() && ledgerTimeframe == timeframe.ToString()
            ? algorithm
            : throw new BotException(
                ExitCode.Configuration,
                $"The ledger {path} is of {ledgerSymbol} {ledgerTimeframe}, not of {symbol} {timeframe}: it was renamed or copied. Give it its own name back, or name another --data-directory.");
    }

    private static void Migrate(SqliteConnection connection, int version, Symbol symbol, Timeframe timeframe, GapAlgorithm algorithm)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var migration in Migrations.Skip(version))
        {
            connection.Execute(migration, transaction);
        }

        if (version == 0)
        {
            using var insert = connection.Prepare("INSERT INTO identity VALUES ($symbol, $timeframe, $algorithm)", transaction);
            insert.Run(symbol.ToString(), timeframe.ToString(), algorithm.ToString());
        }

        connection.Execute($"PRAGMA user_version = {Version}", transaction);
        transaction.Commit();
    }

    private static (string Symbol, string Timeframe, string Algorithm) ReadIdentity(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT symbol, timeframe, algorithm FROM identity";
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetString(1), reader.GetString(2)) : throw new InvalidDataException("The ledger does not say whose it is.");
    }
}
