using System.Buffers;
using System.Collections;
using System.Text;

namespace ExtGap.Supervisor.Logs;

/// <summary>The lines of a file from a position on. Of a very long line the beginning is shown, and how much is missing.</summary>
internal sealed class LogLines : IEnumerable<string>
{
    private readonly LogPart _part;
    private readonly long _start;

    /// <param name="part">Stays open as long as this is read.</param>
    /// <param name="start">Where a line begins.</param>
    public LogLines(LogPart part, long start)
    {
        _part = part;
        _start = start;
    }

    public IEnumerator<string> GetEnumerator()
    {
        var buffer = new byte[64 * 1024];
        var line = new ArrayBufferWriter<byte>();
        var left = 0L;
        for (var position = _start; position < _part.Length;)
        {
            var count = RandomAccess.Read(_part.Handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, _part.Length - position)), position);
            if (count == 0)
            {
                // Somebody has cut the file meanwhile.
                break;
            }

            position += count;
            for (var from = 0; from < count;)
            {
                var newline = Array.IndexOf(buffer, (byte)'\n', from, count - from);
                var end = newline < 0 ? count : newline;
                left += Add(line, buffer.AsSpan(from, end - from));
                from = end + 1;
                if (newline >= 0)
                {
                    yield return Show(line, left);
                    line.ResetWrittenCount();
                    left = 0;
                }
            }
        }

        if (line.WrittenCount > 0)
        {
            yield return Show(line, left);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds what is shown.</summary>
    /// <returns>How much is not.</returns>
    private static int Add(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> bytes)
    {
        var shown = bytes[..Math.Min(bytes.Length, LogTail.LongestLine - line.WrittenCount)];
        line.Write(shown);
        return bytes.Length - shown.Length;
    }

    private static string Show(ArrayBufferWriter<byte> line, long left) => left == 0
        ? Encoding.UTF8.GetString(line.WrittenSpan)
        : $"{Encoding.UTF8.GetString(line.WrittenSpan)} [extgap] {left:N0} bytes more in this line";
}
