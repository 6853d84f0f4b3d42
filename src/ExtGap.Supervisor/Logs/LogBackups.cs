namespace ExtGap.Supervisor.Logs;

/// <summary>The rotated files behind a log: <c>x.log.1</c> is the newest.</summary>
internal static class LogBackups
{
    /// <summary>Makes room for a new <c>x.log</c>: each file becomes one older, the oldest goes.</summary>
    public static void Shift(string path, int backups)
    {
        if (backups <= 0)
        {
            File.Delete(path);
            return;
        }

        for (var number = backups - 1; number >= 0; number--)
        {
            var file = number == 0 ? path : LogFiles.Backup(path, number);
            try
            {
                File.Move(file, LogFiles.Backup(path, number + 1), overwrite: true);
            }
            catch (FileNotFoundException)
            {
                // Not that many yet, or somebody has deleted it.
            }
        }
    }
}
