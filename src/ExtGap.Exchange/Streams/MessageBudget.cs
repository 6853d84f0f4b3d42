namespace ExtGap.Exchange.Streams;

/// <summary>Counts what a connection sends: more than ten messages within a second of the real clock are too many.</summary>
internal sealed class MessageBudget(TimeProvider time)
{
    private const int MostPerSecond = 10;

    private readonly long[] _times = new long[MostPerSecond];
    private int _count;

    /// <summary>Notes a message.</summary>
    /// <returns>Whether it is still within the limit.</returns>
    public bool TrySpend()
    {
        var now = time.GetTimestamp();
        var oldest = _count % MostPerSecond;
        var within = _count < MostPerSecond || time.GetElapsedTime(_times[oldest], now) >= TimeSpan.FromSeconds(1);
        _times[oldest] = now;
        _count = (_count + 1) % int.MaxValue;
        return within;
    }
}
