namespace ExtGap.KlineFiles;

/// <summary>Splits a stream into lines without a string for each; <c>\n</c> and <c>\r\n</c> both end one.</summary>
internal sealed class LineReader(Stream content)
{
    private const int MaxLineLength = 64 * 1024;

    private readonly byte[] _buffer = new byte[4 * MaxLineLength];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads a line, which is good until the next call.</summary>
    /// <exception cref="InvalidDataException">The line is longer than 64 KiB.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var unread = _buffer.AsSpan(_start, _end - _start);
            var length = unread.IndexOf((byte)'\n');
            if (length >= 0 || (_ended && !unread.IsEmpty))
            {
                line = length >= 0 ? unread[..length] : unread;
                _start += length >= 0 ? length + 1 : unread.Length;
                line = line.TrimEnd((byte)'\r');
                Number++;
                return true;
            }

            if (_ended)
            {
                line = default;
                return false;
            }

            Fill(unread);
        }
    }

    private void Fill(ReadOnlySpan<byte> unread)
    {
        if (unread.Length > MaxLineLength)
        {
            throw new InvalidDataException("The next line is longer than 64 KiB, so this is no kline file.");
        }

        unread.CopyTo(_buffer);
        _start = 0;
        _end = unread.Length;
        var read = content.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}
