using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>
/// The exchange's time, as far as it is known: what it last said, and what has passed since on the monotonic clock.
/// For timeouts only; candles and messages carry the time that the exchange itself gave them.
/// </summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private Instant? _said;
    private long _heard;

    /// <summary>The exchange's time now; none before it has said it.</summary>
    public Instant? Now
    {
        get
        {
            lock (_lock)
            {
                return _said is { } said ? said + time.GetElapsedTime(_heard) : null;
            }
        }
    }

    /// <summary>The exchange has said what time it is. An answer that was long on its way does not set the clock back.</summary>
    public void Observe(Instant said)
    {
        var heard = time.GetTimestamp();
        lock (_lock)
        {
            if (_said is not { } before || said >= before)
            {
                _said = said;
                _heard = heard;
            }
        }
    }
}
