namespace ExtGap.Core.Market;

/// <summary>The closed kline of one symbol and timeframe.</summary>
/// <param name="OpenTime">First millisecond of the candle.</param>
/// <param name="CloseTime">Last millisecond of the candle.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Traded quantity in the base asset.</param>
public readonly record struct Candle(Instant OpenTime, Instant CloseTime, Price Open, Price High, Price Low, Price Close, decimal Volume)
{
    /// <summary>The instant at which the candle is over: one millisecond after <see cref="CloseTime"/>.</summary>
    public Instant End => new(CloseTime.UnixMilliseconds + 1);

    /// <summary>Whether high and low bound open and close; a candle of which this is false is no candle.</summary>
    public bool IsConsistent => Low <= Open && Low <= Close && Open <= High && Close <= High;
}
