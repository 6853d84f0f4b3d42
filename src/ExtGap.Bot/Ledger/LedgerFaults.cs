using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExtGap.Bot.Ledger;

/// <summary>What goes wrong with disks and databases, in plain words: what it is, and what to do.</summary>
internal static class LedgerFaults
{
    // An IOException's HResult is the system's own number for the error.
    private const int NoSpaceLeft = 28;
    private const int InputOutput = 5;
    private static readonly int QuotaExceeded = OperatingSystem.IsMacOS() ? 69 : 122;

    /// <summary>The error in plain words, with its exit code; none where it is one that nobody foresaw.</summary>
    public static BotException? Explain(Exception error) => error switch
    {
        BotException known => known,
        IOException io when IsDiskFull(io) => new(ExitCode.Failure, DiskFull(io.Message), io),
        IOException { HResult: InputOutput } io => new(ExitCode.Failure, $"The disk fails: {io.Message} Look into the system's log.", io),
        IOException or UnauthorizedAccessException => new(ExitCode.Failure, error.Message, error),
        SqliteException sqlite => Explain(sqlite),
        _ => null,
    };

    /// <summary>Whether the disk has no room left, or the user's share of it.</summary>
    public static bool IsDiskFull(IOException error) => error.HResult == NoSpaceLeft || error.HResult == QuotaExceeded;

    public static string DiskFull(string detail) =>
        $"The disk is full: {detail.TrimEnd('.')}. Free some space and start again: everything up to the last whole candle is in the ledger, the rest is fetched again.";

    /// <summary>A ledger whose content can't be right.</summary>
    public static BotException Damaged(string path, string how, Exception? cause = null) => new(
        ExitCode.Configuration,
        $"The ledger {path} is damaged ({how.Trim().TrimEnd('.')}) and was left as it is: put a backup in its place, or start anew with --fresh, which keeps it beside the new one.",
        cause);

    /// <summary>Does something with a ledger and explains what goes wrong with it.</summary>
    /// <exception cref="BotException">The error in plain words.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e) when (Explain(e, path) is { } known)
        {
            throw new BotException(known.ExitCode, known.Message, e);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw Damaged(path, e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BotException(ExitCode.Configuration, $"The ledger {path} can't be used: {e.Message} Run this as the user whose bot it is.", e);
        }
    }

    /// <summary>As <see cref="Guard{T}(string, Func{T})"/>, for rows that are read one by one.</summary>
    public static IEnumerable<T> Guard<T>(string path, IEnumerable<T> rows)
    {
        using var row = rows.GetEnumerator();
        while (Guard(path, row.MoveNext))
        {
            yield return row.Current;
        }
    }

    /// <summary>As <see cref="Explain(Exception)"/>, for a ledger that is known.</summary>
    public static BotException? Explain(SqliteException error, string path = "") => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new(ExitCode.Failure, DiskFull($"nothing more can be written into the ledger {path}".TrimEnd()), error),
        raw.SQLITE_IOERR when error.SqliteExtendedErrorCode is raw.SQLITE_IOERR_SHMSIZE or raw.SQLITE_IOERR_WRITE =>
            new(ExitCode.Failure, DiskFull($"the ledger's files can't grow {path}".TrimEnd()), error),
        raw.SQLITE_IOERR => new(ExitCode.Failure, string.Create(CultureInfo.InvariantCulture, $"The disk fails under the ledger {path} (SQLite error {error.SqliteExtendedErrorCode}): see whether it is full, and look into the system's log."), error),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(path, error.SqliteErrorCode == raw.SQLITE_NOTADB ? "it is not a SQLite database" : "its pages contradict each other", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            new(ExitCode.Failure, $"Another program has kept the ledger {path} locked for longer than 5 s (a backup, or an open sqlite3?): end it, then start again.", error),
        raw.SQLITE_CANTOPEN => new(ExitCode.Failure, $"The ledger {path} can't be opened: see whether it and its folder may be read and written, and whether the disk is full.", error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new(ExitCode.Configuration, $"The ledger {path} can't be written: give this user the right to, or name another --data-directory.", error),
        _ => null,
    };
}
