using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ExtGap.Measure.Market;

/// <summary>The server's side of a WebSocket. Frames that are ready go out as they are; a client's pings are answered.</summary>
internal sealed class StreamConnection
{
    private const byte Pong = 0x8A;
    private const byte Close = 0x88;

    private readonly Lock _gate = new();
    private readonly Socket _socket;

    private StreamConnection(Socket socket, long timestamp)
    {
        _socket = socket;
        Timestamp = timestamp;
    }

    /// <summary>When the handshake's request had come, on <see cref="System.Diagnostics.Stopwatch"/>'s clock.</summary>
    public long Timestamp { get; }

    public static async Task<StreamConnection> AcceptAsync(Socket socket, string key, long timestamp, CancellationToken cancellationToken)
    {
#pragma warning disable CA5350 // The protocol says SHA-1; nothing is kept secret by it.
        var answer = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        var head = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {answer}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
        return new(socket, timestamp);
    }

    /// <summary>Sends whole frames; waits while the client takes none.</summary>
    public void Send(ReadOnlySpan<byte> frames)
    {
        lock (_gate)
        {
            while (!frames.IsEmpty)
            {
                frames = frames[_socket.Send(frames)..];
            }
        }
    }

    /// <summary>Answers what the client sends until it closes.</summary>
    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var frame = new byte[4096];
        while (await TryReadAsync(frame.AsMemory(0, 2), cancellationToken))
        {
            // A client's frames are masked, and short: pings, and requests that nobody answers here.
            var (opcode, length) = (frame[0] & 0x0F, frame[1] & 0x7F);
            if (length == 126)
            {
                await TryReadAsync(frame.AsMemory(0, 2), cancellationToken);
                length = (frame[0] << 8) | frame[1];
            }

            if (!await TryReadAsync(frame.AsMemory(0, 4 + length), cancellationToken))
            {
                return;
            }

            switch (opcode)
            {
                case 8:
                    Send([Close, 0]);
                    return;
                case 9:
                    Send([Pong, (byte)length, .. frame.Skip(4).Take(length).Select((one, i) => (byte)(one ^ frame[i % 4]))]);
                    break;
                default:
                    break;
            }
        }
    }

    private async Task<bool> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            var count = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (count == 0)
            {
                return false;
            }

            buffer = buffer[count..];
        }

        return true;
    }
}
