using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ExtGap.Supervisor.Control;

/// <summary>A message on the control pipe: the length of its JSON in four bytes, the least significant first, and its JSON in UTF-8.</summary>
internal static class ControlFraming
{
    /// <summary>The most bytes of a hello's or a request's JSON.</summary>
    public const int MaxRequestBytes = 64 * 1024;

    /// <summary>The most bytes of a reply's JSON.</summary>
    public const int MaxReplyBytes = 8 * 1024 * 1024;

    private const int HeaderBytes = sizeof(int);
    private const int FirstPieceBytes = 4096;

    /// <summary>Reads one message.</summary>
    /// <param name="stream">The pipe.</param>
    /// <param name="type">What is expected.</param>
    /// <param name="maxBytes">The most that its JSON may have.</param>
    /// <param name="cancellationToken">Gives up; the stream is of no more use then.</param>
    /// <returns>The message; none where the other side has closed after the last whole one.</returns>
    /// <exception cref="ControlProtocolException">It is too long, cut off, or not what is expected.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<T?> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, int maxBytes, CancellationToken cancellationToken)
        where T : class
    {
        var header = new byte[HeaderBytes];
        var read = await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        var length = read < HeaderBytes
            ? throw new ControlProtocolException(Text($"The connection ended within the length of a message, after {read} of {HeaderBytes} bytes."))
            : BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length <= 0 || length > maxBytes)
        {
            throw new ControlProtocolException(Text($"A message has 1 to {maxBytes} bytes here, not {length}."));
        }

        var pool = new ArrayBufferWriter<byte>(Math.Min(length, FirstPieceBytes));
        await ReadPiecesAsync(stream, pool, length, cancellationToken);
        return Parse(pool.WrittenSpan, type);
    }

    /// <summary>Writes one message, all at once.</summary>
    /// <exception cref="ControlProtocolException">It is too long; nothing was written.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task WriteAsync<T>(Stream stream, T message, JsonTypeInfo<T> type, int maxBytes, CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        frame.SetLength(HeaderBytes);
        frame.Position = HeaderBytes;
        JsonSerializer.Serialize(frame, message, type);
        var length = (int)frame.Length - HeaderBytes;
        if (length > maxBytes)
        {
            throw new ControlProtocolException(Text($"A message has at most {maxBytes} bytes here, not {length}."));
        }

        var buffer = frame.GetBuffer();
        BinaryPrimitives.WriteInt32LittleEndian(buffer, length);
        await stream.WriteAsync(buffer.AsMemory(0, HeaderBytes + length), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    // The buffer grows with what has come: a length alone, which costs its sender four bytes, must not cost eight megabytes here.
    private static async Task ReadPiecesAsync(Stream stream, ArrayBufferWriter<byte> buffer, int length, CancellationToken cancellationToken)
    {
        while (buffer.WrittenCount < length)
        {
            var piece = buffer.GetMemory();
            var read = await stream.ReadAsync(piece[..Math.Min(piece.Length, length - buffer.WrittenCount)], cancellationToken);
            if (read == 0)
            {
                throw new ControlProtocolException(Text($"The connection ended within a message, after {buffer.WrittenCount} of {length} bytes."));
            }

            buffer.Advance(read);
        }
    }

    private static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new ControlProtocolException("A message is a JSON object, not null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // NotSupportedException is what the serializer makes of a case that is not named.
            throw new ControlProtocolException($"A message can't be understood: {e.Message}", e);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
