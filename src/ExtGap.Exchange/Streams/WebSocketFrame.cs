using System.Buffers.Binary;
using System.Text;

namespace ExtGap.Exchange.Streams;

/// <summary>
/// A server's text frame (RFC 6455, 5.2): a short header, then the payload unmasked. Written by hand because it is the same for all who listen,
/// and because many of them then go out in one write.
/// </summary>
internal static class WebSocketFrame
{
    /// <summary>The longest header of a payload of less than 4 GiB.</summary>
    public const int MaxHeader = 10;

    private const byte FinalText = 0x81;

    /// <summary>Writes the header of a payload directly before it.</summary>
    /// <param name="buffer">Has the payload, and before it at least <see cref="MaxHeader"/> bytes that may be overwritten.</param>
    /// <param name="start">Where the payload starts.</param>
    /// <param name="length">Its length.</param>
    /// <returns>The whole frame.</returns>
    public static ReadOnlySpan<byte> Before(Span<byte> buffer, int start, int length)
    {
        var header = length < 126 ? 2 : length <= ushort.MaxValue ? 4 : 10;
        var frame = buffer.Slice(start - header, header + length);
        frame[0] = FinalText;
        switch (header)
        {
            case 2:
                frame[1] = (byte)length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)length);
                break;
        }

        return frame;
    }

    /// <summary>The text of a frame.</summary>
    public static string TextOf(ReadOnlySpan<byte> frame) => Encoding.UTF8.GetString(frame[(frame[1] switch { 126 => 4, 127 => 10, _ => 2 })..]);

    /// <summary>The frame of a text.</summary>
    public static byte[] Of(ReadOnlySpan<byte> payload)
    {
        var buffer = new byte[MaxHeader + payload.Length];
        payload.CopyTo(buffer.AsSpan(MaxHeader));
        return Before(buffer, MaxHeader, payload.Length).ToArray();
    }
}
