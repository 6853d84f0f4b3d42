using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>
/// One WebSocket to the exchange's streams, from its handshake to its end. It passes on what matters of the frames: the first of each
/// candle in which there was a trade, and the one that closes it.
/// </summary>
internal sealed class KlineSession
{
    // A clock that believed an absurd time would take every candle before it for overdue.
    private static readonly TimeSpan MaxJump = TimeSpan.FromDays(1);

    // A kline has about 400.
    private const int MaxMessageBytes = 16 * 1024;

    private readonly KlineSessionContext _context;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _close;
    private readonly TaskCompletionSource _firstFrame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<int, Instant> _shown = [];
    private long _lastFrame;

    private KlineSession(KlineSessionContext context, CancellationToken stopping)
    {
        _context = context;
        _stopping = stopping;
        _close = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Completion = RunAsync();
    }

    /// <summary>Ends with the session, and says why it ended.</summary>
    public Task<SessionEnd> Completion { get; }

    /// <summary>Ends with the first kline: only data shows that a stream lives, neither a handshake nor an acknowledgement does.</summary>
    public Task FirstFrame => _firstFrame.Task;

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
            await PostAsync(new FeedInput.Connected(_context.Subscription.SymbolIndexes));

            _lastFrame = _context.Time.GetTimestamp();
            await using var watch = _context.Time.CreateTimer(_ => CancelIfSilent(silence), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            await using var stop = _close.Token.Register(() => _ = CloseAsync(socket, silence));
            return new(await ReadAsync(socket, silence.Token));
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

    private async Task<string> ReadAsync(ClientWebSocket socket, CancellationToken silence)
    {
        var buffer = new byte[MaxMessageBytes];
        var length = 0;
        var isTooLong = false;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), silence);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, silence);
                return $"the exchange has closed the connection ({socket.CloseStatus}{(string.IsNullOrEmpty(socket.CloseStatusDescription) ? string.Empty : ", " + socket.CloseStatusDescription)})";
            }

            length += received.Count;
            if (!received.EndOfMessage)
            {
                // What does not fit is no kline: its beginning is kept to be shown, the rest is passed over.
                isTooLong |= length == buffer.Length;
                length = isTooLong ? buffer.Length / 2 : length;
                continue;
            }

            if (isTooLong)
            {
                Drop(buffer, $"more than {MaxMessageBytes} bytes");
            }
            else if (Inspect(buffer.AsSpan(0, length)) is { } input)
            {
                await PostAsync(input);
            }

            length = 0;
            isTooLong = false;
        }
    }

    // After a stop nobody takes inputs any more; the reading goes on until the exchange has answered the close frame.
    private async ValueTask PostAsync(FeedInput input)
    {
        try
        {
            await _context.Inputs.WriteAsync(input, _stopping);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private FeedInput.Frame? Inspect(ReadOnlySpan<byte> message)
    {
        var kind = _context.Parser.Parse(message, out var frame, out var fault);
        if (kind == FrameKind.Kline && _context.Clock.Now is { } known && frame.EventTime - known > MaxJump)
        {
            kind = FrameKind.Bad;
            fault = $"a time far ahead, {frame.EventTime}";
        }

        switch (kind)
        {
            case FrameKind.Bad:
                Drop(message, fault!);
                return null;
            case FrameKind.Other:
                return null;
            default:
                break;
        }

        _context.Clock.Observe(frame.EventTime);
        var now = _context.Time.GetTimestamp();
        Volatile.Write(ref _lastFrame, now);
        _context.FrameSeen(now);
        _firstFrame.TrySetResult();
        var openTime = frame.Candle.OpenTime;
        if (!frame.IsClosed && (frame.TradeCount == 0 || (_shown.TryGetValue(frame.SymbolIndex, out var shown) && shown == openTime)))
        {
            return null;
        }

        _shown[frame.SymbolIndex] = openTime;
        return new(frame);
    }

    private void Drop(ReadOnlySpan<byte> message, string fault)
    {
        if (_context.BadFrames.TryCount(out var count))
        {
            _context.Log.BadFrames(count, fault, Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)]));
        }
    }

    private void CancelIfSilent(CancellationTokenSource silence)
    {
        if (_context.Time.GetElapsedTime(Volatile.Read(ref _lastFrame)) > KlineConnection.Staleness)
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
