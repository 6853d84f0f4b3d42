using ExtGap.Core.Market;

namespace ExtGap.Core.Gaps;

/// <summary>
/// A price that is the best so far on one side, and the bar that set it.
/// Both sides are one here: a <see cref="Rank"/> is a low, or a high with its sign turned, so that higher is always better.
/// </summary>
/// <param name="Rank">The price in hundred-millionths, negative for a high.</param>
/// <param name="Index">Number of the bar in its stream, from 0.</param>
/// <param name="OpenTime">Open time of the bar.</param>
public readonly record struct Extreme(long Rank, long Index, Instant OpenTime)
{
    /// <summary>The price that was ranked.</summary>
    public Price Price => Price.FromUnits(Math.Abs(Rank));

    /// <summary>A bar's low, of which the highest is sought.</summary>
    public static Extreme OfLow(in Candle candle, long index) => new(candle.Low.Units, index, candle.OpenTime);

    /// <summary>A bar's high, of which the lowest is sought.</summary>
    public static Extreme OfHigh(in Candle candle, long index) => new(-candle.High.Units, index, candle.OpenTime);
}
