using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>One WebSocket to the exchange's streams, from its handshake to its end. What it says is a <see cref="KlineReader"/>'s.</summary>
internal sealed class KlineSession
{
    private readonly KlineSessionContext _context;
    private readonly CancellationTokenSource _close;
    private readonly KlineReader _reader;

    private KlineSession(KlineSessionContext context, CancellationToken stopping)
    {
        _context = context;
        _reader = new(context, stopping);
        _close = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Completion = RunAsync();
    }

    /// <summary>Ends with the session, and says why it ended.</summary>
    public Task<SessionEnd> Completion { get; }

    /// <summary>Ends with the first kline: only data shows that a stream lives, neither a handshake nor an acknowledgement does.</summary>
    public Task FirstFrame => _reader.FirstFrame;

    /// <summary>Connects.</summary>
    public static KlineSession Start(KlineSessionContext context, CancellationToken stopping) => new(context, stopping);

    /// <summary>Closes it with a close frame.</summary>
    public void Close()
    {
        try
        {
            _close.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    private async Task<SessionEnd> RunAsync()
    {
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        socket.Options.CollectHttpResponseDetails = true;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero });
        using var silence = new CancellationTokenSource();
        try
        {
            using (var timeout = new CancellationTokenSource(KlineConnection.Staleness, _context.Time))
            using (var connecting = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _close.Token))
            {
                await socket.ConnectAsync(_context.Url, invoker, connecting.Token);
            }

            await _context.Subscription.SubscribeRestAsync(socket, _context.Time, _close.Token);
            _context.Log.Connected(_context.Subscription.Count, _context.Url.GetLeftPart(UriPartial.Path));
            await _reader.PostAsync(new FeedInput.Connected(_context.Subscription.SymbolIndexes));

            _reader.LastFrame = _context.Time.GetTimestamp();
            await using var watch = _context.Time.CreateTimer(_ => CancelIfSilent(silence), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            await using var stop = _close.Token.Register(() => _ = CloseAsync(socket, silence));
            return new(await _reader.ReadAsync(socket, silence.Token));
        }
        catch (Exception e) when (e is OperationCanceledException || (e is WebSocketException && silence.IsCancellationRequested))
        {
            // A socket that was aborted between two receives says so in its own way.
            return new($"{(silence.IsCancellationRequested ? "no kline" : "no connection")} for {KlineConnection.Staleness.TotalSeconds:0} s");
        }
        catch (WebSocketException e)
        {
            return Understand(socket, e);
        }
        finally
        {
            _close.Dispose();
        }
    }

    private static SessionEnd Understand(ClientWebSocket socket, WebSocketException error)
    {
        if (socket.HttpStatusCode is default(HttpStatusCode) or HttpStatusCode.SwitchingProtocols)
        {
            return new(error.InnerException?.Message ?? error.Message);
        }

        // The exchange has refused the handshake.
        TimeSpan? wait = socket.HttpResponseHeaders is { } headers && headers.TryGetValue("Retry-After", out var values)
            && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : null;
        var refusal = ExchangeException.FromAnswer(socket.HttpStatusCode, wait, default);
        return new(refusal.Message, refusal.RetryAfter);
    }

    private void CancelIfSilent(CancellationTokenSource silence)
    {
        if (_context.Time.GetElapsedTime(_reader.LastFrame) > KlineConnection.Staleness)
        {
            silence.Cancel();
        }
    }

    private static async Task CloseAsync(ClientWebSocket socket, CancellationTokenSource silence)
    {
        try
        {
            // The exchange has two seconds to answer the close frame, then the connection is cut.
            silence.CancelAfter(TimeSpan.FromSeconds(2));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "stopped", silence.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone already.
        }
    }
}

/// <summary>How a session ended.</summary>
/// <param name="Why">In words.</param>
/// <param name="RetryAfter">How long the exchange asks to wait.</param>
internal sealed record SessionEnd(string Why, TimeSpan? RetryAfter = null);
