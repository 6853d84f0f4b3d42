using System.Globalization;

namespace ExtGap.Measure;

/// <summary>
/// A child that writes numbered lines of 100 bytes to stdout, and says <c>begin</c> and <c>end</c> to a named pipe:
/// <c>write LINES BYTES-A-WRITE PIPE</c>.
/// </summary>
internal static class Writer
{
    /// <summary>Bytes of a line, its end included.</summary>
    public const int LineBytes = 100;

    /// <summary>The line of a number, the first one being 0.</summary>
    public static void WriteLine(long number, Span<byte> line)
    {
        line.Fill((byte)'.');
        number.TryFormat(line, out _, "D12", CultureInfo.InvariantCulture);
        line[^1] = (byte)'\n';
    }

    public static int Run(string[] args)
    {
        var lines = long.Parse(args[0], CultureInfo.InvariantCulture);
        var piece = new byte[int.Parse(args[1], CultureInfo.InvariantCulture)];
        using var pipe = new FileStream(args[2], FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var stdout = Console.OpenStandardOutput();
        Span<byte> line = stackalloc byte[LineBytes];
        pipe.Write("begin\n"u8);
        var filled = 0;
        for (var number = 0L; number < lines; number++)
        {
            WriteLine(number, line);
            for (var rest = (ReadOnlySpan<byte>)line; !rest.IsEmpty;)
            {
                var count = Math.Min(rest.Length, piece.Length - filled);
                rest[..count].CopyTo(piece.AsSpan(filled));
                rest = rest[count..];
                filled += count;
                if (filled == piece.Length)
                {
                    stdout.Write(piece);
                    filled = 0;
                }
            }
        }

        stdout.Write(piece.AsSpan(0, filled));
        pipe.Write("end\n"u8);
        return 0;
    }
}
