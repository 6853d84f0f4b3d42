using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>
/// A connection to the exchange's streams that is made again whenever it is lost or falls silent. It passes on what matters of the
/// frames: the first of each candle in which there was a trade, and the one that closes it.
/// </summary>
internal sealed class KlineConnection
{
    /// <summary>How long a connection may be without a kline.</summary>
    public static readonly TimeSpan Staleness = TimeSpan.FromSeconds(30);

    private readonly Uri _url;
    private readonly StreamSubscription _subscription;
    private readonly KlineFrameParser _parser;
    private readonly ExchangeClock _clock;
    private readonly ChannelWriter<FeedInput> _inputs;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Backoff _backoff;
    private readonly RateLimitedWarning _badFrames;
    private readonly Dictionary<int, Instant> _shown = [];
    private long _lastFrame;

    public KlineConnection(
        Uri streamUrl,
        StreamSubscription subscription,
        KlineFrameParser parser,
        ExchangeClock clock,
        ChannelWriter<FeedInput> inputs,
        TimeProvider time,
        ILogger log)
    {
        _url = subscription.UrlOn(streamUrl);
        _subscription = subscription;
        _parser = parser;
        _clock = clock;
        _inputs = inputs;
        _time = time;
        _log = log;
        _backoff = new(Random.Shared.NextDouble);
        _badFrames = new(time);
    }

    /// <summary>Connects and reads, again and again, until it is stopped; then it closes with a close frame.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var why = await TryConnectAndReadAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            var wait = _backoff.Next();
            _log.Reconnecting(wait.TotalSeconds, why);
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> TryConnectAndReadAsync(CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        socket.Options.CollectHttpResponseDetails = true;
        using var silence = new CancellationTokenSource();
        try
        {
            using (var timeout = new CancellationTokenSource(Staleness, _time))
            using (var connecting = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken))
            {
                await socket.ConnectAsync(_url, connecting.Token);
            }

            _shown.Clear();
            await _subscription.SubscribeRestAsync(socket, _time, cancellationToken);
            _log.Connected(_subscription.Count, _url.GetLeftPart(UriPartial.Path));
            await PostAsync(new FeedInput.Connected(_subscription.SymbolIndexes), cancellationToken);

            _lastFrame = _time.GetTimestamp();
            await using var watch = _time.CreateTimer(_ => CancelIfSilent(silence), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            await using var stop = cancellationToken.Register(() => _ = CloseAsync(socket, silence));
            return await ReadAsync(socket, silence.Token, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return $"{(silence.IsCancellationRequested ? "no kline" : "no connection")} for {Staleness.TotalSeconds:0} s";
        }
        catch (WebSocketException e)
        {
            return socket.HttpStatusCode is default(HttpStatusCode) or HttpStatusCode.SwitchingProtocols
                ? e.InnerException?.Message ?? e.Message
                : ExchangeException.FromAnswer(socket.HttpStatusCode, null, default).Message;
        }
    }

    private async Task<string> ReadAsync(ClientWebSocket socket, CancellationToken silence, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
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
                if (length == buffer.Length)
                {
                    return $"a message of more than {buffer.Length} bytes";
                }

                continue;
            }

            if (Inspect(buffer.AsSpan(0, length)) is { } input)
            {
                await PostAsync(input, cancellationToken);
            }

            length = 0;
        }
    }

    // After a stop nobody takes inputs any more; the reading goes on until the exchange has answered the close frame.
    private async ValueTask PostAsync(FeedInput input, CancellationToken cancellationToken)
    {
        try
        {
            await _inputs.WriteAsync(input, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private FeedInput.Frame? Inspect(ReadOnlySpan<byte> message)
    {
        switch (_parser.Parse(message, out var frame, out var fault))
        {
            case FrameKind.Bad:
                if (_badFrames.TryCount(out var count))
                {
                    _log.BadFrames(count, fault!, Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)]));
                }

                return null;
            case FrameKind.Other:
                return null;
            default:
                break;
        }

        _clock.Observe(frame.EventTime);
        Volatile.Write(ref _lastFrame, _time.GetTimestamp());
        _backoff.Reset();
        var openTime = frame.Candle.OpenTime;
        if (!frame.IsClosed && (frame.TradeCount == 0 || (_shown.TryGetValue(frame.SymbolIndex, out var shown) && shown == openTime)))
        {
            return null;
        }

        _shown[frame.SymbolIndex] = openTime;
        return new(frame);
    }

    private void CancelIfSilent(CancellationTokenSource silence)
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lastFrame)) > Staleness)
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
