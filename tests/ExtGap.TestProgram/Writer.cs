using System.Collections;
using System.Text;

namespace ExtGap.TestProgram;

/// <summary>Writes to stdout, unbuffered unless it says so.</summary>
internal static class Writer
{
    public static void Lines(long count)
    {
        using var stdout = Console.OpenStandardOutput();
        for (var line = 0L; line < count; line++)
        {
            stdout.Write(Encoding.UTF8.GetBytes($"line {line}\n"));
        }
    }

    /// <summary>Lines of eight bytes: seven digits, the number of the line, and its end.</summary>
    public static void Flood(long bytes)
    {
        const int LineLength = 8;
        using var stdout = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        Span<byte> line = stackalloc byte[LineLength];
        for (var number = 0L; bytes > 0; number++)
        {
            var rest = number;
            line[LineLength - 1] = (byte)'\n';
            for (var digit = LineLength - 2; digit >= 0; digit--)
            {
                line[digit] = (byte)('0' + (rest % 10));
                rest /= 10;
            }

            var length = (int)Math.Min(bytes, LineLength);
            stdout.Write(line[..length]);
            bytes -= length;
        }
    }

    public static void LongLine(long bytes)
    {
        using var stdout = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        for (var i = 1L; i < bytes; i++)
        {
            stdout.WriteByte((byte)('a' + (i % 26)));
        }

        stdout.WriteByte((byte)'\n');
    }

    public static void AllBytes()
    {
        using var stdout = Console.OpenStandardOutput();
        stdout.Write([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
    }

    public static void Environment()
    {
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            Console.Out.Write($"{variable.Key}={variable.Value}\n");
        }
    }
}
