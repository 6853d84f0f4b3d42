using ExtGap.Core.Market;

namespace ExtGap.Core.Gaps;

/// <summary>The rules by which external gaps are found.</summary>
public enum GapAlgorithm
{
    /// <summary>The port of the TradingView indicator "[THE] eG v2": after a gap the candidates come from the bars behind its opening bar.</summary>
    Group,

    /// <summary>After a gap the candidates are the detection bar's low and high.</summary>
    Simple,

    /// <summary>After a gap both candidates are the detection bar's high (bearish) or low (bullish).</summary>
    Corrected,
}

/// <summary>
/// Finds external gaps in a stream of candles, one after the other, at O(1) amortised per candle.
/// It keeps two candidates, the highest low and the lowest high, each with the bar that set it.
/// </summary>
public abstract class GapDetector
{
    private Extreme _bearish;
    private Extreme _bullish;

    private protected ref readonly Extreme Bearish => ref _bearish;

    private protected ref readonly Extreme Bullish => ref _bullish;

    /// <summary>How many candles it has seen.</summary>
    public long CandleCount { get; private set; }

    /// <summary>A detector at the start of a stream.</summary>
    public static GapDetector Create(GapAlgorithm algorithm) => algorithm switch
    {
        GapAlgorithm.Group => new GroupGapDetector(),
        GapAlgorithm.Simple => new SimpleGapDetector(),
        GapAlgorithm.Corrected => new CorrectedGapDetector(),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No such algorithm."),
    };

    /// <summary>A detector that goes on where the one of the snapshot was.</summary>
    public static GapDetector Restore(GapAlgorithm algorithm, GapDetectorSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var detector = Create(algorithm);
        detector.Resume(snapshot);
        return detector;
    }

    /// <summary>Takes the next candle; the gap that it makes, if it makes one, is in <paramref name="found"/>.</summary>
    public bool TryDetect(in Candle candle, out PriceBreak found)
    {
        var low = Extreme.OfLow(candle, CandleCount);
        var high = Extreme.OfHigh(candle, CandleCount);
        CandleCount++;
        return Detect(low, high, out found);
    }

    /// <summary>Everything that the next candles need.</summary>
    public virtual GapDetectorSnapshot Snapshot() => new() { CandleCount = CandleCount, Bearish = Bearish, Bullish = Bullish };

    private protected abstract bool Detect(in Extreme low, in Extreme high, out PriceBreak found);

    private protected virtual void Resume(GapDetectorSnapshot snapshot)
    {
        CandleCount = snapshot.CandleCount;
        Reset(snapshot.Bearish, snapshot.Bullish);
    }

    private protected void Reset(in Extreme bearish, in Extreme bullish)
    {
        _bearish = bearish;
        _bullish = bullish;
    }

    /// <summary>Lets this candle replace the candidates (a tie replaces nothing), then compares it with them.</summary>
    private protected bool Compare(in Extreme low, in Extreme high, out PriceBreak found)
    {
        if (low.Rank > Bearish.Rank)
        {
            _bearish = low;
        }

        if (high.Rank > Bullish.Rank)
        {
            _bullish = high;
        }

        return IsBreak(low, high, Bearish, Bullish, out found);
    }

    /// <summary>Whether the candle lies wholly beyond one of the extremes. Beyond both, which an empty range allows, is bearish.</summary>
    private protected static bool IsBreak(in Extreme low, in Extreme high, in Extreme bearish, in Extreme bullish, out PriceBreak found)
    {
        // A high's rank has its sign turned: high < bearish level is -high.Rank < bearish.Rank.
        if (-high.Rank < bearish.Rank)
        {
            found = new(Polarity.Bearish, bearish.Price, bearish.OpenTime);
            return true;
        }

        if (low.Rank > -bullish.Rank)
        {
            found = new(Polarity.Bullish, bullish.Price, bullish.OpenTime);
            return true;
        }

        found = default;
        return false;
    }
}

/// <summary>What a detector keeps between two candles.</summary>
public sealed record GapDetectorSnapshot
{
    /// <summary>How many candles it has seen.</summary>
    public required long CandleCount { get; init; }

    /// <summary>The highest low.</summary>
    public required Extreme Bearish { get; init; }

    /// <summary>The lowest high.</summary>
    public required Extreme Bullish { get; init; }

    /// <summary>Of the group algorithm: whether a gap was found.</summary>
    public bool HasGap { get; init; }

    /// <summary>Of the group algorithm: the lows that can still become the highest one of the group, oldest first.</summary>
    public IReadOnlyList<Extreme> GroupLows { get; init; } = [];

    /// <summary>Of the group algorithm: the highs that can still become the lowest one of the group, oldest first.</summary>
    public IReadOnlyList<Extreme> GroupHighs { get; init; } = [];
}
