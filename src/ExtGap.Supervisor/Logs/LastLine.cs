using System.Text;
using ExtGap.Shared;

namespace ExtGap.Supervisor.Logs;

/// <summary>Keeps the end of what a process wrote, for its last line is the reason why it ended. Safe for any number of threads.</summary>
internal sealed class LastLine
{
    private const int MaxBytes = 500;

    private readonly Lock _gate = new();
    private readonly byte[] _tail = new byte[2048];
    private int _length;
    private bool _isWhole = true;

    /// <summary>A new process begins: what was written before is no line of its.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _length = 0;
            _isWhole = true;
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        // Empty lines at the end could push the last one that says something out of the tail.
        var text = bytes.TrimEnd("\r\n"u8);
        lock (_gate)
        {
            Append(text);
            if (text.Length < bytes.Length && _length > 0 && _tail[_length - 1] != '\n')
            {
                Append("\n"u8);
            }
        }
    }

    /// <summary>The last line that is not empty, finished or not, as <see cref="PlainText"/> of at most 500 bytes; none where there is none.</summary>
    public string? Find()
    {
        lock (_gate)
        {
            var rest = _tail.AsSpan(0, _length);
            while (!rest.IsEmpty)
            {
                var start = rest.LastIndexOf((byte)'\n') + 1;
                if (Show(rest[start..], isWhole: start > 0 || _isWhole) is { Length: > 0 } line)
                {
                    return line;
                }

                rest = rest[..Math.Max(0, start - 1)];
            }

            return null;
        }
    }

    private static string Show(ReadOnlySpan<byte> line, bool isWhole)
    {
        line = line.Trim(" \t\r"u8);
        if (line.Length > MaxBytes)
        {
            // A reason stands at a line's beginning, where that is known.
            line = isWhole ? Utf8Cut.Head(line, MaxBytes) : Utf8Cut.Tail(line, MaxBytes);
        }

        return PlainText.Of(Encoding.UTF8.GetString(line)).Trim();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var overflow = _length + bytes.Length - _tail.Length;
        if (overflow > 0)
        {
            _isWhole = false;
            bytes = bytes[Math.Max(0, bytes.Length - _tail.Length)..];
            var kept = _tail.Length - bytes.Length;
            _tail.AsSpan(_length - kept, kept).CopyTo(_tail);
            _length = kept;
        }

        bytes.CopyTo(_tail.AsSpan(_length));
        _length += bytes.Length;
    }
}
