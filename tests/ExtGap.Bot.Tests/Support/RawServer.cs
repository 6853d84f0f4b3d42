using System.Net.Sockets;
using System.Text;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A server on loopback that keeps to no rule of HTTP: what goes back is up to the test, byte by byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly LoopbackListener _listener;
    private int _requests;
    private long _sent;

    /// <param name="answer">What is done once a request's head has come; the connection ends with it.</param>
    /// <param name="stop">Ends it.</param>
    public RawServer(Func<NetworkStream, CancellationToken, Task> answer, CancellationToken stop)
    {
        _answer = answer;
        _listener = new(ServeAsync, stop);
    }

    /// <summary>A server with one answer for everything.</summary>
    public RawServer(string answer, CancellationToken stop)
        : this((stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer), token).AsTask(), stop)
    {
    }

    public Uri Url => new($"http://127.0.0.1:{_listener.Port}");

    public Uri StreamUrl => new($"ws://127.0.0.1:{_listener.Port}");

    /// <summary>Requests so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Bytes that <see cref="Endless"/> has got rid of.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>One that sends a head and then letters for ever, or until nobody takes them.</summary>
    public static RawServer Endless(string head, CancellationToken stop)
    {
        RawServer? server = null;
        server = new(async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
            var block = new byte[64 * 1024];
            block.AsSpan().Fill((byte)'a');
            while (true)
            {
                await stream.WriteAsync(block, token);
                Interlocked.Add(ref server!._sent, block.Length);
            }
        }, stop);
        return server;
    }

    /// <summary>One that sends a head and then a letter now and then, for ever.</summary>
    public static RawServer Dripping(string head, CancellationToken stop) => new(async (stream, token) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
        while (true)
        {
            await stream.WriteAsync("a"u8.ToArray(), token);
            await Wait.BrieflyAsync(token);
        }
    }, stop);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        if (await LoopbackListener.ReadHeadAsync(stream, stop) is null)
        {
            return;
        }

        Interlocked.Increment(ref _requests);
        await _answer(stream, stop);
        stream.Socket.Shutdown(SocketShutdown.Send);

        // Whoever closes with bytes unread resets the connection, and the answer may be lost with it.
        await stream.CopyToAsync(Stream.Null, stop);
    }
}
