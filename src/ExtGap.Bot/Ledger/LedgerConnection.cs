using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExtGap.Bot.Ledger;

/// <summary>Connections to a ledger's database.</summary>
internal static class LedgerConnection
{
    /// <summary>How many pages of 4 KiB a connection keeps in memory between transactions; it finds the others in the system's own cache.</summary>
    public const int CachedPages = 3;

    // 2 MB: more than the candles that share a transaction ever change.
    private const int ChangedPages = 500;

    /// <summary>Opens a ledger that exists to write in it. WAL with NORMAL: a power cut may lose the newest commits, never the ledger; their candles are fetched again.</summary>
    public static SqliteConnection Open(string path) => OpenToWrite(path, SqliteOpenMode.ReadWrite);

    /// <summary>The same, or makes an empty database where there is none.</summary>
    public static SqliteConnection OpenOrCreate(string path) => OpenToWrite(path, SqliteOpenMode.ReadWriteCreate);

    /// <summary>Opens a ledger to read it, while a bot may be writing in it.</summary>
    public static SqliteConnection OpenToRead(string path) => Connect(path, SqliteOpenMode.ReadOnly);

    /// <summary>Opens a ledger that nobody else has open, and that has no <c>-wal</c> file, to read it without a lock and without making a file.</summary>
    public static SqliteConnection OpenUnlocked(string path)
    {
        var name = string.Join('/', Path.GetFullPath(path).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
        return Connect($"file:{name}?immutable=1", SqliteOpenMode.ReadOnly);
    }

    private static SqliteConnection OpenToWrite(string path, SqliteOpenMode mode)
    {
        var connection = Connect(path, mode);
        try
        {
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Connect(string source, SqliteOpenMode mode)
    {
        // The library's own waiting goes on after SQLite's, for 30 s unless it is told otherwise.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();

            // SQLite's own waiting for a writer, in steps of a few milliseconds; the library's goes in steps of 150.
            connection.Execute("PRAGMA busy_timeout = 5000");

            // SQLite sets 48 KB of small pieces aside for each connection's statements, of which these take a third; a bot of hundreds of
            // contracts has two connections for each.
            _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_LOOKASIDE, IntPtr.Zero, 0, 0);

            // SQLite would keep 2 MB of pages for each connection, and has set 20 aside as soon as it knows of the tables: these are given back.
            connection.Execute($"PRAGMA cache_size = {CachedPages}");
            connection.Execute("PRAGMA shrink_memory");

            // A backlog's transaction changes more pages than that; these wait in memory for its commit rather than be written several times.
            connection.Execute($"PRAGMA cache_spill = {ChangedPages}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
