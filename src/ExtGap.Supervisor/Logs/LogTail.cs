using System.Globalization;
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

    // What the kernel adds to the name of a file that has none any more, as the oldest backup after a rotation.
    private const string DeletedSuffix = " (deleted)";
    private const int Deleted = -1;

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

    /// <summary>
    /// Opens the backups that there are, newest first. A rotation meanwhile moves files on: each is looked for behind the one before it, wherever
    /// that has gone, so none is opened twice or left out.
    /// </summary>
    /// <returns>False where so many rotations have happened that the last file opened is deleted by now: whatever is there is newer.</returns>
    public static bool OpenBackups(string path, List<LogPart> parts)
    {
        var number = 0;
        while (true)
        {
            var last = parts is [.., var part] ? part.Handle : null;
            number = NumberOf(last, path) ?? number;
            if (number == Deleted)
            {
                return false;
            }

            var next = OpenBehind(path, number, out var found);
            if ((NumberOf(last, path) ?? number) != number)
            {
                next?.Dispose();
            }
            else if (next is not null)
            {
                parts.Add(new(next, RandomAccess.GetLength(next)));
                number = found;
            }
            else
            {
                return true;
            }
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
        List<LogPart> parts = [];
        try
        {
            TryAdd(path, parts);
            while (!OpenBackups(path, parts))
            {
                Close(parts);
                parts.Clear();
                TryAdd(path, parts);
            }

            return parts;
        }
        catch
        {
            Close(parts);
            throw;
        }
    }

    private static SafeFileHandle? OpenBehind(string path, int number, out int found)
    {
        // Amid a rotation one number is missing.
        found = number + 1;
        return OpenFile.ToRead(LogFiles.Backup(path, found)) ?? OpenFile.ToRead(LogFiles.Backup(path, ++found));
    }

    // The number that an open file has by now, 0 for the newest, or that it is deleted; none where the system doesn't tell, or where a symbolic link gives it another name.
    private static int? NumberOf(SafeFileHandle? handle, string path)
    {
        if (handle is null || OpenFile.NameOf(handle) is not { } whole)
        {
            return null;
        }

        var (name, own) = (Path.GetFileName(whole), Path.GetFileName(path));
        if (name == own)
        {
            return 0;
        }

        if (name.EndsWith(DeletedSuffix, StringComparison.Ordinal))
        {
            return Deleted;
        }

        return name.StartsWith(own + ".", StringComparison.Ordinal) && int.TryParse(name.AsSpan(own.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

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
