using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A server on loopback for one test, HTTP and WebSocket on one port, that does exactly what it is told.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly LoopbackListener _listener;

    public LoopbackServer(CancellationToken stop, int port = 0) => _listener = new(ServeAsync, stop, port);

    /// <summary>What it does with a WebSocket once it is there. The raw stream lies beneath.</summary>
    public Func<WebSocket, NetworkStream, CancellationToken, Task> OnStream { get; set; } = (socket, _, stop) => ReadOnAsync(socket, stop);

    /// <summary>What it answers to a handshake; 101 goes on as a WebSocket, 0 says nothing.</summary>
    public Func<int> HandshakeStatus { get; set; } = () => 101;

    /// <summary>Further header lines with which it refuses a handshake.</summary>
    public string RefusalHeaders { get; set; } = string.Empty;

    /// <summary>What it answers to a request: status, further header lines, body.</summary>
    public Func<string, Task<(int Status, string Headers, string Body)>> OnRequest { get; set; } = _ => Task.FromResult((404, string.Empty, string.Empty));

    public int Port => _listener.Port;

    public Uri StreamUrl => new($"ws://127.0.0.1:{Port}");

    public Uri ApiUrl => new($"http://127.0.0.1:{Port}");

    /// <summary>Paths and queries of all requests so far, handshakes included.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static async Task SendAsync(WebSocket socket, string text, CancellationToken stop) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, stop);

    /// <summary>The next message, or "closed" for a close frame.</summary>
    public static async Task<string> ReceiveAsync(WebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
            length += received.Count;
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return $"closed {socket.CloseStatus}";
            }

            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    /// <summary>Takes what comes until the other side closes, and answers that.</summary>
    public static async Task ReadOnAsync(WebSocket socket, CancellationToken stop)
    {
        while (!(await ReceiveAsync(socket, stop)).StartsWith("closed", StringComparison.Ordinal))
        {
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        while (await LoopbackListener.ReadHeadAsync(stream, stop) is { } head)
        {
            var path = head.Split(' ')[1];
            Requests.Enqueue(path);
            if (head.Contains("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase))
            {
                await ServeStreamAsync(stream, head, stop);
                return;
            }

            var (status, headers, body) = await OnRequest(path);
            await WriteAsync(stream, $"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}", stop);
        }
    }

    private async Task ServeStreamAsync(NetworkStream stream, string head, CancellationToken stop)
    {
        var status = HandshakeStatus();
        if (status == 0)
        {
            await Wait.ForeverAsync(stop);
        }

        if (status != 101)
        {
            await WriteAsync(stream, $"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: 13\r\n{RefusalHeaders}\r\n<html></html>", stop);
            return;
        }

        var start = head.IndexOf("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase) + "Sec-WebSocket-Key: ".Length;
        var key = head[start..head.IndexOf('\r', start)].Trim();
#pragma warning disable CA5350 // The protocol wants it.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await WriteAsync(stream, $"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n", stop);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        await OnStream(socket, stream, stop);
    }

    private static async Task WriteAsync(NetworkStream stream, string text, CancellationToken stop) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
}
