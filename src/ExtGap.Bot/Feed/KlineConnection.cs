using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>
/// Keeps up the connection for a set of streams: a session that is lost or falls silent is made again, and one that grows old is replaced
/// by a new one before the exchange closes it, the old one ending only when the new one has data.
/// </summary>
internal sealed class KlineConnection
{
    /// <summary>How long a connection may be without a kline.</summary>
    public static readonly TimeSpan Staleness = TimeSpan.FromSeconds(30);

    /// <summary>How old a session grows; the exchange closes it after 24 h.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(23);

    private readonly KlineSessionContext _context;
    private readonly Backoff _backoff = new(Random.Shared.NextDouble);
    private volatile FeedState _state;
    private volatile int _reconnects;
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
        _context = new KlineSessionContext
        {
            Url = subscription.UrlOn(streamUrl),
            Subscription = subscription,
            Parser = parser,
            Clock = clock,
            Inputs = inputs,
            Time = time,
            Log = log,
            BadFrames = new(time),
            FrameSeen = FrameSeen,
        };
    }

    /// <summary>How it fares.</summary>
    public FeedState State => _state;

    /// <summary>How often it was made again after a loss.</summary>
    public int Reconnects => _reconnects;

    /// <summary>Time since the last kline; none before the first.</summary>
    public TimeSpan? SinceLastFrame => Volatile.Read(ref _lastFrame) is var last and not 0 ? _context.Time.GetElapsedTime(last) : null;

    /// <summary>Connects, again and again, until it is stopped; then it closes with a close frame.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var end = await FollowAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            _state = FeedState.Reconnecting;
            _reconnects++;
            var wait = _backoff.Next(end.RetryAfter);
            _context.Log.Reconnecting(wait.TotalSeconds, end.Why);
            await Task.Delay(wait, _context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Follows a session and those that replace it in time, until one ends by itself.</summary>
    /// <returns>How it ended.</returns>
    private async Task<SessionEnd> FollowAsync(CancellationToken cancellationToken)
    {
        // Renewals have waits of their own: the klines of the session that still lives say nothing about the next handshake.
        var renewals = new Backoff(Random.Shared.NextDouble);
        (long Since, TimeSpan For)? refused = null;
        var session = KlineSession.Start(_context, cancellationToken);
        var age = Lifetime;
        while (await GrowsOldAsync(session, age))
        {
            var successor = KlineSession.Start(_context, cancellationToken);
            await Task.WhenAny(successor.FirstFrame, successor.Completion, session.Completion);
            if (successor.FirstFrame.IsCompletedSuccessfully || session.Completion.IsCompleted)
            {
                session.Close();
                await session.Completion;
                session = successor;
                age = Lifetime;
                renewals.Reset();
            }
            else
            {
                var failure = await successor.Completion;
                age = renewals.Next(failure.RetryAfter);
                refused = failure.RetryAfter is { } wait ? (_context.Time.GetTimestamp(), wait) : null;
                _context.Log.RenewalFailed(age.TotalSeconds, failure.Why);
            }
        }

        // What the exchange asked of a renewal holds for whatever handshake comes next.
        var end = await session.Completion;
        return refused is { } ban && ban.For - _context.Time.GetElapsedTime(ban.Since) is var left && left > TimeSpan.Zero
            ? end with { RetryAfter = left }
            : end;
    }

    /// <returns>False where the session ends before that age.</returns>
    private async Task<bool> GrowsOldAsync(KlineSession session, TimeSpan age)
    {
        using var ended = new CancellationTokenSource();
        var delay = Task.Delay(age, _context.Time, ended.Token);
        var first = await Task.WhenAny(session.Completion, delay);
        await ended.CancelAsync();
        return first == delay;
    }

    private void FrameSeen(long timestamp)
    {
        Volatile.Write(ref _lastFrame, timestamp);
        _state = FeedState.Live;
        _backoff.Reset();
    }
}
