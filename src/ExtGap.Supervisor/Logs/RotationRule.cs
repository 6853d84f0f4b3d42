namespace ExtGap.Supervisor.Logs;

/// <summary>Where a log is cut into files: between lines, unless one is longer than any file may be.</summary>
internal sealed class RotationRule
{
    /// <summary>A line longer than the largest file is kept whole up to this many bytes, and cut there.</summary>
    public const long LongestLine = 64 * 1024 * 1024;

    private readonly long _maxSize;
    private readonly long _hardLimit;

    public RotationRule(long maxSize)
    {
        _maxSize = Math.Max(1, maxSize);
        _hardLimit = Math.Max(_maxSize, LongestLine);
    }

    /// <summary>How many of the bytes a file takes before it must be rotated; all where it need not be.</summary>
    /// <param name="bytes">What comes.</param>
    /// <param name="length">What the file has.</param>
    /// <param name="lineStart">Where its unfinished line begins; its length where there is none. On rotation that line moves to the next file.</param>
    public int Take(ReadOnlySpan<byte> bytes, long length, long lineStart)
    {
        if (length + bytes.Length <= _maxSize)
        {
            return bytes.Length;
        }

        var room = (int)Math.Clamp(_maxSize - length, 0, bytes.Length);
        var wholeLines = bytes[..room].LastIndexOf((byte)'\n') + 1;
        if (wholeLines > 0 || lineStart > 0)
        {
            return wholeLines;
        }

        // The line began with the file: no other has more room for it.
        var line = bytes.IndexOf((byte)'\n') + 1;
        var possible = (int)Math.Clamp(_hardLimit - length, 0, bytes.Length);
        return line > 0 && line < possible ? line : possible;
    }
}
