using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Engine;

/// <summary>What an engine keeps between two candles.</summary>
public sealed record EngineSnapshot
{
    /// <summary>The rules by which gaps are found.</summary>
    public required GapAlgorithm Algorithm { get; init; }

    /// <summary>Open time of the last candle that closed.</summary>
    public required Instant? LastCandle { get; init; }

    /// <summary>The detector's own.</summary>
    public required GapDetectorSnapshot Detector { get; init; }

    /// <summary>Polarity and sequence number of the last gap.</summary>
    public required Trend Trend { get; init; }

    /// <summary>What the gaps come to.</summary>
    public required GapStatistics Gaps { get; init; }

    /// <summary>Position, pending entry and what the trades come to.</summary>
    public required TraderState Trader { get; init; }

    /// <summary>The entry that the closing candle has yet to confirm.</summary>
    public required ProvisionalEntry? Provisional { get; init; }
}
