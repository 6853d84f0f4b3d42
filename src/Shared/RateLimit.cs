namespace ExtGap.Shared;

/// <summary>Counts what may come in floods, and says once a minute at most that it is time to tell. For any number of threads.</summary>
internal sealed class RateLimit(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _count;
    private long? _told;

    /// <summary>Counts one more.</summary>
    /// <param name="count">How many there were since the last time that it was told.</param>
    /// <returns>Whether to tell.</returns>
    public bool TryCount(out long count)
    {
        lock (_lock)
        {
            count = ++_count;
            if (_told is { } told && time.GetElapsedTime(told) < Interval)
            {
                return false;
            }

            _told = time.GetTimestamp();
            _count = 0;
            return true;
        }
    }
}
