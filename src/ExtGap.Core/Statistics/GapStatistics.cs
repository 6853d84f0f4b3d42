using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Core.Statistics;

/// <summary>What the gaps come to; the default value is "no gap yet".</summary>
public readonly record struct GapStatistics
{
    /// <summary>Bullish gaps.</summary>
    public int Bullish { get; init; }

    /// <summary>Bearish gaps.</summary>
    public int Bearish { get; init; }

    /// <summary>Gaps whose polarity differed from the one before.</summary>
    public int Reversals { get; init; }

    /// <summary>Detection bar of the first gap.</summary>
    public Instant? First { get; init; }

    /// <summary>Detection bar of the last gap.</summary>
    public Instant? Last { get; init; }

    /// <summary>Number of gaps.</summary>
    public int Count => Bullish + Bearish;

    /// <summary>Mean time between two gaps; none before the second.</summary>
    public TimeSpan? MeanTimeBetween => First is { } first && Last is { } last && Count > 1 ? (last - first) / (Count - 1) : null;

    /// <summary>The statistics after one more gap.</summary>
    public GapStatistics After(ExternalGap gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        return this with
        {
            Bullish = Bullish + (gap.Polarity == Polarity.Bullish ? 1 : 0),
            Bearish = Bearish + (gap.Polarity == Polarity.Bearish ? 1 : 0),
            Reversals = Reversals + (gap.IsReversal ? 1 : 0),
            First = First ?? gap.DetectionBar,
            Last = gap.DetectionBar,
        };
    }
}
