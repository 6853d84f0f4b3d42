using Microsoft.Win32.SafeHandles;

namespace ExtGap.Supervisor.Logs;

/// <summary>One file of a log, as much of it as is read.</summary>
internal readonly record struct LogPart(SafeFileHandle Handle, long Length);

/// <summary>The last lines of a log and its backups, whether or not somebody writes to it.</summary>
internal static class LogTail
{
    /// <summary>What is shown of a line, in bytes.</summary>
    public const int LongestLine = 1024 * 1024;

    private const int BlockSize = 64 * 1024;

    // A rotation may happen while the files are opened, and in a flood of short lines at nearly each try; so many in a row meet none only where nothing else is done.
    private const int MaxTries = 500;

    /// <summary>The last lines, oldest first, an unfinished one included; none where there is no log. What isn't UTF-8 is replaced.</summary>
    /// <param name="path">Of the newest file.</param>
    /// <param name="count">So many at most.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IEnumerable<string> Lines(string path, int count)
    {
        var parts = Open(path);
        try
        {
            var (part, position) = FindStart(parts, count);
            for (; part >= 0; part--, position = 0)
            {
                foreach (var line in new LogLines(parts[part], position))
                {
                    yield return line;
                }
            }
        }
        finally
        {
            Close(parts);
        }
    }

    /// <summary>Opens the backups that there are, newest first.</summary>
    public static void OpenBackups(string path, List<LogPart> parts)
    {
        // Amid a rotation one number is missing.
        for (int number = 1, missing = 0; missing < 2; number++)
        {
            missing = TryAdd(LogFiles.Backup(path, number), parts) ? 0 : missing + 1;
        }
    }

    /// <summary>Where the last lines begin; (-1, 0) where there is no file.</summary>
    /// <param name="parts">Newest first.</param>
    /// <param name="count">Lines.</param>
    public static (int Part, long Position) FindStart(List<LogPart> parts, int count)
    {
        if (count <= 0)
        {
            return parts.Count == 0 ? (-1, 0) : (0, parts[0].Length);
        }

        var buffer = new byte[BlockSize];
        for (var part = 0; part < parts.Count; part++)
        {
            if (FindStart(parts[part], buffer, ref count) is { } position)
            {
                return (part, position);
            }
        }

        return (parts.Count - 1, 0);
    }

    public static void Close(IEnumerable<LogPart> parts)
    {
        foreach (var part in parts)
        {
            part.Handle.Dispose();
        }
    }

    private static long? FindStart(LogPart part, byte[] buffer, ref int count)
    {
        // The newline at the very end begins no other line.
        var end = part.Length - 1;
        while (end > 0)
        {
            var start = Math.Max(0, end - buffer.Length);
            var block = buffer.AsSpan(0, (int)(end - start));
            block = block[..RandomAccess.Read(part.Handle, block, start)];
            int newline;
            while ((newline = block.LastIndexOf((byte)'\n')) >= 0)
            {
                if (--count == 0)
                {
                    return start + newline + 1;
                }

                block = block[..newline];
            }

            end = start;
        }

        // The file's first line has no newline before it.
        return part.Length > 0 && --count == 0 ? 0 : null;
    }

    private static List<LogPart> Open(string path)
    {
        for (var tries = 1; ; tries++)
        {
            List<LogPart> parts = [];
            try
            {
                var hasNewest = TryAdd(path, parts);
                OpenBackups(path, parts);
                if (!hasNewest || tries == MaxTries || IsStillCalled(parts[0].Handle, path))
                {
                    return parts;
                }
            }
            catch
            {
                Close(parts);
                throw;
            }

            Close(parts);
        }
    }

    // Had the newest file become a backup before that was opened, it would be read twice. A symbolic link has another name from the start.
    private static bool IsStillCalled(SafeFileHandle handle, string path) =>
        OpenFile.NameOf(handle) is not { } name || Path.GetFileName(name) == Path.GetFileName(path) || new FileInfo(path).LinkTarget is not null;

    /// <summary>Opens a file of a log, if it is there.</summary>
    public static bool TryAdd(string path, List<LogPart> parts)
    {
        if (OpenFile.ToRead(path) is not { } handle)
        {
            return false;
        }

        parts.Add(new(handle, RandomAccess.GetLength(handle)));
        return true;
    }
}
