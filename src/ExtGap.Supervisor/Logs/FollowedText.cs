using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ExtGap.Supervisor.Logs;

/// <summary>Cuts what a follower reads into texts.</summary>
internal static class FollowedText
{
    /// <summary>Reads as many whole lines as there are and a text may have.</summary>
    /// <returns>The text, and how many bytes are done with.</returns>
    /// <param name="handle">Of the file.</param>
    /// <param name="buffer">As long as a text may be.</param>
    /// <param name="position">Where a line begins, or goes on.</param>
    /// <param name="length">Where the file's part of the log ends, so far.</param>
    /// <param name="isFinal">Whether it ends there for good.</param>
    public static (string? Text, int Count) Read(SafeFileHandle handle, Span<byte> buffer, long position, long length, bool isFinal)
    {
        ReadOnlySpan<byte> block;
        try
        {
            block = buffer[..RandomAccess.Read(handle, buffer[..(int)Math.Min(buffer.Length, length - position)], position)];
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return ($"[extgap] {length - position:N0} bytes can't be read: {DiskFault.Describe(e)}", (int)Math.Min(int.MaxValue, length - position));
        }

        if (block.LastIndexOf((byte)'\n') is >= 0 and var newline)
        {
            return (Encoding.UTF8.GetString(block[..newline]), newline + 1);
        }

        if (block.Length == buffer.Length)
        {
            block = Utf8Cut.Head(block, block.Length - 1);
            return (Encoding.UTF8.GetString(block), block.Length);
        }

        // Nobody will finish this line, or somebody has cut the file.
        return (isFinal && block.Length > 0 ? Encoding.UTF8.GetString(block) : null, isFinal ? (int)(length - position) : 0);
    }
}
