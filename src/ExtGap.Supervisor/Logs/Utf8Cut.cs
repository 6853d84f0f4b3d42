namespace ExtGap.Supervisor.Logs;

/// <summary>Cuts bytes that are probably UTF-8 between characters.</summary>
internal static class Utf8Cut
{
    private const int LongestCharacter = 4;

    /// <summary>At most so many bytes of the beginning.</summary>
    public static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length <= count)
        {
            return bytes;
        }

        var end = count;
        while (end > count - LongestCharacter && end > 0 && IsContinuation(bytes[end]))
        {
            end--;
        }

        // What has no character's beginning is no UTF-8 anyway.
        return bytes[..(IsContinuation(bytes[end]) || end == 0 ? count : end)];
    }

    /// <summary>At most so many bytes of the end.</summary>
    public static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> bytes, int count)
    {
        var tail = bytes[Math.Max(0, bytes.Length - count)..];
        for (var start = 0; start < Math.Min(LongestCharacter, tail.Length); start++)
        {
            if (!IsContinuation(tail[start]))
            {
                return tail[start..];
            }
        }

        return tail;
    }

    private static bool IsContinuation(byte value) => (value & 0b1100_0000) == 0b1000_0000;
}
