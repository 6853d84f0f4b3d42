namespace ExtGap.Core.Market;

/// <summary>Where a candle stands after the last one of its stream.</summary>
public enum CandleOrder
{
    /// <summary>The very next one, or the first of all.</summary>
    Next,

    /// <summary>The last one again.</summary>
    Duplicate,

    /// <summary>One from before the last one.</summary>
    Late,

    /// <summary>One after the next: at least one candle is missing in between.</summary>
    Hole,
}

/// <summary>The order of the candles of one stream: which one comes next, and where another one stands.</summary>
public struct CandleSequence
{
    private readonly Timeframe _timeframe;

    /// <summary>A sequence that goes on after <paramref name="last"/>, or that begins with any candle.</summary>
    public CandleSequence(Timeframe timeframe, Instant? last = null)
    {
        _timeframe = timeframe;
        Last = last;
    }

    /// <summary>Open time of the last candle.</summary>
    public Instant? Last { get; private set; }

    /// <summary>Open time of the candle that comes next; none where any candle may begin.</summary>
    public readonly Instant? Expected => Last is { } last ? _timeframe.Next(last) : null;

    /// <summary>Where a candle with this open time stands.</summary>
    public readonly CandleOrder Classify(Instant openTime)
    {
        if (Last is not { } last)
        {
            return CandleOrder.Next;
        }

        return openTime.CompareTo(last) switch
        {
            0 => CandleOrder.Duplicate,
            < 0 => CandleOrder.Late,
            > 0 => openTime <= _timeframe.Next(last) ? CandleOrder.Next : CandleOrder.Hole,
        };
    }

    /// <summary>Makes a candle the last one; whoever calls this has dealt with what lies between.</summary>
    public void Advance(Instant openTime) => Last = openTime;
}
