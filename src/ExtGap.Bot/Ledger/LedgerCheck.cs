using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Ledger;

/// <summary>Looks whether a ledger is whole before anything is written into it, so that a damaged one stays as it is.</summary>
internal static class LedgerCheck
{
    /// <summary>To be asked by the bot that holds the ledger's lock; reads all of its pages.</summary>
    /// <exception cref="BotException">It is damaged, or no file.</exception>
    public static void Run(string path)
    {
        if (Directory.Exists(path))
        {
            throw new BotException(ExitCode.Configuration, $"{path} is a folder, where the ledger has its place: move it away, or name another --data-directory.");
        }

        var hasLog = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            if (hasLog)
            {
                // SQLite would take it for a new database, and throw the log away.
                throw LedgerFaults.Damaged(path, "it is empty, but has a log");
            }

            return;
        }

        LedgerFaults.Guard(path, () =>
        {
            // Without a log there is no need to lock anything, so SQLite makes no files beside a ledger that is about to be refused.
            using var connection = hasLog ? LedgerConnection.OpenToRead(path) : LedgerConnection.OpenUnlocked(path);
            var fault = Ask(connection);
            return fault == "ok" ? fault : throw LedgerFaults.Damaged(path, fault);
        });
    }

    private static string Ask(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        return command.ExecuteScalar() as string ?? "SQLite has no word on it";
    }
}
