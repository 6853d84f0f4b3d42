using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Ledger;

/// <summary>
/// A connection that reads a ledger while a bot may be writing in it, or while none runs. It leaves no file behind: SQLite itself, asked to
/// read a ledger that nobody has open, would make its <c>-wal</c> and <c>-shm</c> files anew, for a user who may not be the bot's.
/// </summary>
internal sealed class LedgerView : IDisposable
{
    private readonly string _path;
    private readonly DirectoryInfo? _copy;
    private readonly (long Length, DateTime Written)? _frozen;

    private LedgerView(string path, SqliteConnection connection, DirectoryInfo? copy = null, (long Length, DateTime Written)? frozen = null)
    {
        _path = path;
        _copy = copy;
        _frozen = frozen;
        Connection = connection;
    }

    public SqliteConnection Connection { get; }

    /// <summary>Opens a ledger that exists.</summary>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    public static LedgerView Open(string path)
    {
        var log = new FileInfo(path + "-wal");
        if (log is not { Exists: true, Length: > 0 })
        {
            // All of it is in the one file. A bot that is at its start can't be excluded, hence the look at the file afterwards.
            var frozen = LookAt(path);
            return new(path, LedgerConnection.OpenUnlocked(path), frozen: frozen);
        }

        if (File.Exists(path + "-shm"))
        {
            try
            {
                return new(path, LedgerConnection.OpenToRead(path));
            }
            catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY)
            {
                // A folder or file that this user can't write in; SQLite would have to.
            }
        }

        return OpenCopy(path);
    }

    /// <summary>To be asked when everything was read.</summary>
    /// <exception cref="BotException">A bot has begun to write meanwhile, so what was read may be a mixture.</exception>
    public void ThrowIfChanged()
    {
        if (_frozen is { } frozen && frozen != LookAt(_path))
        {
            throw new BotException(ExitCode.Failure, $"A bot has begun to write in {_path} while it was read: run this again.");
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        _copy?.Delete(recursive: true);
    }

    private static (long Length, DateTime Written) LookAt(string path) => new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : default;

    private static LedgerView OpenCopy(string path)
    {
        var folder = Directory.CreateTempSubdirectory("extgap-");
        try
        {
            var copy = Path.Combine(folder.FullName, Path.GetFileName(path));
            File.Copy(path, copy);
            File.Copy(path + "-wal", copy + "-wal");
            return new(path, LedgerConnection.Open(copy), folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }
}
