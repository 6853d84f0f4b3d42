using System.Globalization;

namespace ExtGap.Measure.Rows;

/// <summary>Looks through what a <see cref="Writer"/>'s log has kept.</summary>
internal static class WrittenLines
{
    private const int DigitCount = 12;

    /// <summary>Lines that are missing, or torn, between the first one that the files still have and the last one that was written.</summary>
    /// <param name="files">The files, the oldest first; a line may begin in one and end in the next.</param>
    /// <param name="lines">How many were written.</param>
    public static long CountLost(IReadOnlyList<string> files, long lines)
    {
        var line = new List<byte>(2 * Writer.LineBytes);
        var (expected, lost) = (-1L, 0L);
        foreach (var one in files.SelectMany(ReadBytes))
        {
            if (one != '\n')
            {
                line.Add(one);
                continue;
            }

            // The first one may be the end of a line whose beginning is gone with an older file.
            if (NumberOf(line) is { } number)
            {
                lost += expected < 0 ? 0 : Math.Abs(number - expected);
                expected = number + 1;
            }

            line.Clear();
        }

        return lost + Math.Abs(lines - Math.Max(expected, 0));
    }

    private static long? NumberOf(List<byte> line)
    {
        Span<byte> digits = stackalloc byte[DigitCount];
        if (line.Count != Writer.LineBytes - 1)
        {
            return null;
        }

        line[..DigitCount].CopyTo(digits);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static IEnumerable<byte> ReadBytes(string path)
    {
        using var file = File.OpenRead(path);
        var buffer = new byte[1 << 16];
        while (file.Read(buffer) is var count and > 0)
        {
            for (var i = 0; i < count; i++)
            {
                yield return buffer[i];
            }
        }
    }
}
