namespace ExtGap.Core.Gaps;

/// <summary>
/// The group algorithm. The group is the bars after the last gap's opening bar, at most the newest 500; of these only the bars that
/// can still become its highest low or lowest high are kept, in two monotonic queues.
/// </summary>
internal sealed class GroupGapDetector : GapDetector
{
    /// <summary>The most bars that a group has.</summary>
    public const int MaxBars = 500;

    private readonly MonotonicQueue _lows = new();
    private readonly MonotonicQueue _highs = new();
    private bool _hasGap;

    public override GapDetectorSnapshot Snapshot() => base.Snapshot() with
    {
        HasGap = _hasGap,
        GroupLows = _lows.ToArray(),
        GroupHighs = _highs.ToArray(),
    };

    private protected override void Resume(GapDetectorSnapshot snapshot)
    {
        base.Resume(snapshot);
        _hasGap = snapshot.HasGap;
        _lows.Load(snapshot.GroupLows);
        _highs.Load(snapshot.GroupHighs);
    }

    private protected override bool Detect(in Extreme low, in Extreme high, out PriceBreak found)
    {
        // Before the first gap a tie belongs to the earliest bar, so equal bars are kept; after it, to the latest.
        _lows.RemoveThrough(low.Index - MaxBars);
        _highs.RemoveThrough(high.Index - MaxBars);
        _lows.Add(low, keepTies: !_hasGap);
        _highs.Add(high, keepTies: !_hasGap);
        return _hasGap ? DetectNext(low, high, out found) : DetectFirst(low, high, out found);
    }

    private bool DetectFirst(in Extreme low, in Extreme high, out PriceBreak found)
    {
        if (!IsBreak(low, high, _lows.Best, _highs.Best, out found))
        {
            return false;
        }

        _hasGap = true;
        var openingBar = (found.Polarity == Polarity.Bearish ? _lows : _highs).Best.Index;
        Reset(_lows.BestAfter(openingBar, or: low), _highs.BestAfter(openingBar, or: high));
        _lows.KeepLatestOfTies();
        _highs.KeepLatestOfTies();
        return true;
    }

    private bool DetectNext(in Extreme low, in Extreme high, out PriceBreak found)
    {
        if (!Compare(low, high, out found))
        {
            return false;
        }

        var openingBar = (found.Polarity == Polarity.Bearish ? Bearish : Bullish).Index;
        _lows.RemoveThrough(openingBar);
        _highs.RemoveThrough(openingBar);
        Reset(_lows.Best, _highs.Best);
        return true;
    }
}
