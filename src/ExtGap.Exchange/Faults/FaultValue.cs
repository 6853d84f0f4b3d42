using ExtGap.Core.Market;

namespace ExtGap.Exchange.Faults;

/// <summary>The value of a fault; which parts of it count depends on the fault.</summary>
internal readonly record struct FaultValue
{
    /// <summary>Every how many, how many, or which status.</summary>
    public int Number { get; init; }

    /// <summary>How long.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The timeframe whose candles are counted; none for the market's own.</summary>
    public Timeframe? Timeframe { get; init; }

    /// <summary>The only chat that is meant; none for all.</summary>
    public string? Chat { get; init; }

    /// <summary>The chat that takes its place.</summary>
    public string? NewChat { get; init; }
}
