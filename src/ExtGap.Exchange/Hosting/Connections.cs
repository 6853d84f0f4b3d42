using System.Collections.Concurrent;
using System.Net.WebSockets;
using ExtGap.Exchange.Streams;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>The WebSocket connections that there are, so that they can be closed properly.</summary>
internal sealed class Connections(ExchangeState exchange)
{
    private readonly ConcurrentDictionary<StreamConnection, Open> _all = new();

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>Serves one connection until it ends.</summary>
    public async Task ServeAsync(HttpContext context, StreamPath path)
    {
        var stream = await Handshake.AcceptAsync(context);
        using var connection = new StreamConnection(stream, path, exchange.Player, exchange.Time, Handshake.KeepAlive(exchange.Options.PingInterval));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Known before it runs: a short market can be over, and everything be closed, before this thread gets any further.
        _all[connection] = new(ended.Task, context, exchange.Time.GetTimestamp());
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            _all.TryRemove(connection, out _);
            exchange.CountConnection(connection.HasSaidGoodbye);
            ended.SetResult();
        }
    }

    /// <summary>Breaks all connections off, without a close frame.</summary>
    public void Abort()
    {
        foreach (var (_, open) in _all)
        {
            open.Context.Abort();
        }
    }

    /// <summary>Closes the connections that are that old, as long as they may be.</summary>
    public void CloseOlder(TimeSpan age, Func<bool> mayClose)
    {
        foreach (var (connection, open) in _all)
        {
            if (exchange.Time.GetElapsedTime(open.Since) >= age && !connection.IsClosing && mayClose())
            {
                connection.Close(WebSocketCloseStatus.NormalClosure, "The connection is too old");
            }
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

        var all = Task.WhenAll(open.Select(pair => pair.Value.Running));
        using var over = new CancellationTokenSource(patience, exchange.Time);
        await all.WaitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (connection, state) in open)
        {
            if (!state.Running.IsCompleted)
            {
                connection.Abort();
            }
        }

        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed record Open(Task Running, HttpContext Context, long Since);
}
