using System.Collections.Concurrent;
using System.Net.WebSockets;
using ExtGap.Exchange.Playing;
using ExtGap.Exchange.Streams;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>The WebSocket connections that there are, so that they can be closed properly.</summary>
internal sealed class Connections(Player player, TimeProvider time, TimeSpan pingInterval)
{
    private readonly ConcurrentDictionary<StreamConnection, Task> _all = new();

    /// <summary>Serves one connection until it ends.</summary>
    public async Task ServeAsync(HttpContext context, StreamPath path)
    {
        var stream = await Handshake.AcceptAsync(context);
        using var connection = new StreamConnection(stream, path, player, time, Handshake.KeepAlive(pingInterval));
        var running = connection.RunAsync();
        _all[connection] = running;
        try
        {
            await running;
        }
        finally
        {
            _all.TryRemove(connection, out _);
        }
    }

    /// <summary>Closes all connections, each after what waits for it was sent.</summary>
    /// <param name="patience">How long a connection may take for that.</param>
    public async Task CloseAsync(TimeSpan patience)
    {
        var open = _all.ToArray();
        foreach (var (connection, _) in open)
        {
            connection.Close(WebSocketCloseStatus.EndpointUnavailable, "The exchange ends");
        }

        var all = Task.WhenAll(open.Select(pair => pair.Value));
        using var over = new CancellationTokenSource(patience, time);
        await all.WaitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (connection, running) in open)
        {
            if (!running.IsCompleted)
            {
                connection.Abort();
            }
        }

        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
