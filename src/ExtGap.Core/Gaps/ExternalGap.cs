using ExtGap.Core.Market;

namespace ExtGap.Core.Gaps;

/// <summary>Which way a gap points.</summary>
public enum Polarity
{
    /// <summary>A candle wholly below the highest low.</summary>
    Bearish,

    /// <summary>A candle wholly above the lowest high.</summary>
    Bullish,
}

/// <summary>What a detector found on one candle: the bare price break, before its place among the others is known.</summary>
/// <param name="Polarity">Which way it points.</param>
/// <param name="Level">The candidate's price: the highest low or the lowest high.</param>
/// <param name="OpeningBar">Open time of the bar that set the candidate.</param>
public readonly record struct PriceBreak(Polarity Polarity, Price Level, Instant OpeningBar);

/// <summary>An external gap, with its place among the gaps of its symbol and timeframe.</summary>
public sealed record ExternalGap
{
    /// <summary>Which way it points.</summary>
    public required Polarity Polarity { get; init; }

    /// <summary>The highest low (bearish) or lowest high (bullish) that the detection bar left behind.</summary>
    public required Price Level { get; init; }

    /// <summary>Open time of the bar that set the level.</summary>
    public required Instant OpeningBar { get; init; }

    /// <summary>Close time of the bar on which the gap was found.</summary>
    public required Instant DetectionBar { get; init; }

    /// <summary>1 at the first gap and at each reversal, and one more at each further gap of the same polarity.</summary>
    public required int SequenceNumber { get; init; }

    /// <summary>Whether no gap came before it.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>Whether the gap before it had the other polarity.</summary>
    public required bool IsReversal { get; init; }
}
