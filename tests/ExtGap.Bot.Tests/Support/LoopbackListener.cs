using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ExtGap.Bot.Tests.Support;

/// <summary>Accepts connections on loopback, any number at once, until it is disposed of.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly TcpListener _listener;
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly Task _accepting;

    /// <param name="serve">What is done with a connection, which ends with it.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="port">0 for any.</param>
    public LoopbackListener(Func<NetworkStream, CancellationToken, Task> serve, CancellationToken stop, int port = 0)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _serve = serve;
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            await using var stream = client.GetStream();
            await _serve(stream, _stop.Token);
        }
    }
}
