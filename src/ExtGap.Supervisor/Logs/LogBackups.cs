namespace ExtGap.Supervisor.Logs;

/// <summary>The rotated files behind a log: <c>x.log.1</c> is the newest.</summary>
internal static class LogBackups
{
    /// <summary>Makes room for a new <c>x.log</c>: each file becomes one older, the oldest goes.</summary>
    public static void Shift(string path, int backups)
    {
        // Where fewer may be kept than before.
        for (var number = backups + 1; File.Exists(LogFiles.Backup(path, number)); number++)
        {
            File.Delete(LogFiles.Backup(path, number));
        }

        var last = 0;
        while (last < backups && File.Exists(NameOf(path, last)))
        {
            last++;
        }

        // Not by moving another over it: ext4 would write all of that one to the disk first, at once (auto_da_alloc).
        if (last > 0 && last == backups)
        {
            File.Delete(NameOf(path, last));
        }

        for (; last > 0; last--)
        {
            File.Move(NameOf(path, last - 1), NameOf(path, last), overwrite: true);
        }

        if (backups <= 0 && File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static string NameOf(string path, int number) => number == 0 ? path : LogFiles.Backup(path, number);
}
