using System.Net.WebSockets;
using System.Text;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>
/// Reads what a WebSocket says and passes on what matters of it: of each candle the first frame in which there was a trade, and the one that
/// closes it. The others, which are nearly all, allocate nothing.
/// </summary>
/// <param name="context">What the sessions of the connection have in common.</param>
/// <param name="stopping">From then on nobody takes inputs any more.</param>
internal sealed class KlineReader(KlineSessionContext context, CancellationToken stopping)
{
    // A clock that believed an absurd time would take every candle before it for overdue.
    private static readonly TimeSpan MaxJump = TimeSpan.FromDays(1);

    // A kline has about 400.
    private const int MaxMessageBytes = 16 * 1024;

    private readonly TaskCompletionSource _firstFrame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<int, Instant> _shown = [];
    private long _lastFrame;

    /// <summary>Ends with the first kline: only data shows that a stream lives, neither a handshake nor an acknowledgement does.</summary>
    public Task FirstFrame => _firstFrame.Task;

    /// <summary>The local timestamp of the last kline, or of the beginning.</summary>
    public long LastFrame
    {
        get => Volatile.Read(ref _lastFrame);
        set => Volatile.Write(ref _lastFrame, value);
    }

    /// <summary>Reads until the exchange closes the connection; a stop does not end it, the exchange's answer to the close frame does.</summary>
    /// <returns>Why it was closed, in words.</returns>
    public async Task<string> ReadAsync(WebSocket socket, CancellationToken silence)
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

    /// <summary>Gives an input to the feed's loop. After a stop nobody takes it.</summary>
    public async ValueTask PostAsync(FeedInput input)
    {
        try
        {
            await context.Inputs.WriteAsync(input, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private FeedInput.Frame? Inspect(ReadOnlySpan<byte> message)
    {
        var kind = context.Parser.Parse(message, out var frame, out var fault);
        if (kind == FrameKind.Kline && context.Clock.Now is { } known && frame.EventTime - known > MaxJump)
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

        context.Clock.Observe(frame.EventTime);
        var now = context.Time.GetTimestamp();
        LastFrame = now;
        context.FrameSeen(now);
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
        if (context.BadFrames.TryCount(out var count))
        {
            context.Log.BadFrames(count, fault, Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)]));
        }
    }
}
