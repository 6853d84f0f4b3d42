namespace ExtGap.Core.Gaps;

/// <summary>The simple algorithm: a gap makes the detection bar's low and high the candidates.</summary>
internal class SimpleGapDetector : GapDetector
{
    private protected sealed override bool Detect(in Extreme low, in Extreme high, out PriceBreak found)
    {
        if (CandleCount == 1)
        {
            Reset(low, high);
            found = default;
            return false;
        }

        if (!Compare(low, high, out found))
        {
            return false;
        }

        ResetAfter(found.Polarity, low, high);
        return true;
    }

    private protected virtual void ResetAfter(Polarity polarity, Extreme low, Extreme high) => Reset(low, high);
}

/// <summary>The corrected algorithm: a gap makes the detection bar's near edge, its high after a bearish one, both candidates.</summary>
internal sealed class CorrectedGapDetector : SimpleGapDetector
{
    private protected override void ResetAfter(Polarity polarity, Extreme low, Extreme high)
    {
        var edge = polarity == Polarity.Bearish ? high : low;
        var rank = Math.Abs(edge.Rank);
        Reset(edge with { Rank = rank }, edge with { Rank = -rank });
    }
}
