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
    private const int TooManyFilesOpen = 24;
    private const int TooManyFilesOpenInAll = 23;
    private static readonly int QuotaExceeded = OperatingSystem.IsMacOS() ? 69 : 122;

    /// <summary>The error in plain words, with its exit code; none where it is one that nobody foresaw.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="ledger">The ledger that it may concern.</param>
    public static BotException? Explain(Exception error, string ledger) => error switch
    {
        BotException known => known,
        IOException io when IsDiskFull(io) => new(ExitCode.Failure, DiskFull(io.Message), io),
        IOException { HResult: InputOutput } io => new(ExitCode.Failure, $"The disk fails: {io.Message} Look into the system's log.", io),
        IOException or UnauthorizedAccessException => new(ExitCode.Failure, error.Message, error),
        SqliteException sqlite => Explain(sqlite, ledger),
        _ => null,
    };

    /// <summary>A file in the data directory that can't be made or written.</summary>
    public static BotException CantBeWritten(string path, Exception error) => error switch
    {
        IOException io when IsDiskFull(io) => new(ExitCode.Failure, DiskFull(io.Message), io),
        IOException { HResult: InputOutput or TooManyFilesOpen or TooManyFilesOpenInAll } io => new(ExitCode.Failure, $"{path} can't be written: {io.Message}", io),
        _ when Directory.Exists(path) => new(ExitCode.Configuration, $"{path} is a folder, where the bot needs a file: move it away, or name another --data-directory.", error),
        _ => new(ExitCode.Configuration, $"--data-directory: {path} can't be written: {error.Message} Give this user the right to write there, or name another.", error),
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

    /// <summary>A ledger that somebody has taken away under the running bot.</summary>
    public static BotException Gone(string path) => new(
        ExitCode.Failure,
        $"The ledger {path} was deleted or replaced while the bot ran, so nothing that it writes can be found again: put a backup in its place before the next start. Without one that start begins a new ledger, now or where --since says, and keeps the CSV files aside; where only its -wal file is left, it refuses to until that is moved away.");

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

    private static BotException? Explain(SqliteException error, string ledger) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new(ExitCode.Failure, DiskFull($"nothing more can be written into the ledger {ledger}"), error),

        // What SQLite says where its files can't grow, besides SQLITE_FULL.
        raw.SQLITE_IOERR when error.SqliteExtendedErrorCode is raw.SQLITE_IOERR_SHMSIZE or raw.SQLITE_IOERR_WRITE =>
            new(ExitCode.Failure, DiskFull($"the files of the ledger {ledger} can't grow"), error),
        raw.SQLITE_IOERR => new(
            ExitCode.Failure,
            string.Create(CultureInfo.InvariantCulture, $"The disk fails under the ledger {ledger} (SQLite's error {error.SqliteExtendedErrorCode}): see whether it is full, and look into the system's log."),
            error),
        raw.SQLITE_NOTADB => Damaged(ledger, "it is no SQLite database", error),
        raw.SQLITE_CORRUPT => Damaged(ledger, "its pages contradict each other", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            new(ExitCode.Failure, $"Another program has kept the ledger {ledger} locked for longer than 5 s (a backup, or an open sqlite3?): end it, then start again.", error),
        raw.SQLITE_CANTOPEN => new(
            ExitCode.Failure,
            $"The ledger {ledger} can't be opened: see whether this user may read and write it and its folder, and whether the disk is full.",
            error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new(
            ExitCode.Configuration,
            $"The ledger {ledger} can't be written: give this user the right to, or name another --data-directory.",
            error),
        _ => null,
    };
}
