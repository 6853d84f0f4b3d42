using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Reference;

/// <summary>The specification's three algorithms word for word: lists and full rescans, nothing clever.</summary>
internal abstract class ReferenceDetector
{
    protected Candidate Bearish { get; set; } = new(default, default);

    protected Candidate Bullish { get; set; } = new(default, default);

    public static ReferenceDetector Create(GapAlgorithm algorithm) => algorithm switch
    {
        GapAlgorithm.Group => new ReferenceGroupDetector(),
        GapAlgorithm.Simple => new ReferenceSimpleDetector(corrected: false),
        _ => new ReferenceSimpleDetector(corrected: true),
    };

    public abstract PriceBreak? Next(Candle candle);

    /// <summary>Rules 2 and 3 of the simple algorithm.</summary>
    protected PriceBreak? ReplaceAndCompare(Candle candle)
    {
        if (candle.Low > Bearish.Price)
        {
            Bearish = new(candle.Low, candle.OpenTime);
        }

        if (candle.High < Bullish.Price)
        {
            Bullish = new(candle.High, candle.OpenTime);
        }

        return Compare(candle, Bearish, Bullish);
    }

    protected static PriceBreak? Compare(Candle candle, Candidate bearish, Candidate bullish)
    {
        if (candle.High < bearish.Price)
        {
            return new(Polarity.Bearish, bearish.Price, bearish.Bar);
        }

        return candle.Low > bullish.Price ? new(Polarity.Bullish, bullish.Price, bullish.Bar) : null;
    }

    protected sealed record Candidate(Price Price, Instant Bar);
}

internal sealed class ReferenceSimpleDetector(bool corrected) : ReferenceDetector
{
    private bool _begun;

    public override PriceBreak? Next(Candle candle)
    {
        if (!_begun)
        {
            _begun = true;
            SetBoth(candle, candle.Low, candle.High);
            return null;
        }

        var gap = ReplaceAndCompare(candle);
        if (gap is { } found && corrected)
        {
            var edge = found.Polarity == Polarity.Bearish ? candle.High : candle.Low;
            SetBoth(candle, edge, edge);
        }
        else if (gap is not null)
        {
            SetBoth(candle, candle.Low, candle.High);
        }

        return gap;
    }

    private void SetBoth(Candle candle, Price bearish, Price bullish)
    {
        Bearish = new(bearish, candle.OpenTime);
        Bullish = new(bullish, candle.OpenTime);
    }
}

internal sealed class ReferenceGroupDetector : ReferenceDetector
{
    private readonly List<Candle> _group = [];
    private bool _hasGap;

    public override PriceBreak? Next(Candle candle)
    {
        _group.Add(candle);
        if (_group.Count > 500)
        {
            _group.RemoveAt(0);
        }

        return _hasGap ? AfterFirstGap(candle) : BeforeFirstGap(candle);
    }

    private PriceBreak? BeforeFirstGap(Candle candle)
    {
        if (_group.Count < 2)
        {
            return null;
        }

        var highestLow = _group.Max(bar => bar.Low);
        var lowestHigh = _group.Min(bar => bar.High);
        var gap = Compare(
            candle,
            new(highestLow, _group.First(bar => bar.Low == highestLow).OpenTime),
            new(lowestHigh, _group.First(bar => bar.High == lowestHigh).OpenTime));
        if (gap is not { } found)
        {
            return null;
        }

        _hasGap = true;
        Bearish = new(candle.Low, candle.OpenTime);
        Bullish = new(candle.High, candle.OpenTime);
        foreach (var bar in _group.Where(bar => bar.OpenTime > found.OpeningBar))
        {
            Bearish = bar.Low > Bearish.Price ? new(bar.Low, bar.OpenTime) : Bearish;
            Bullish = bar.High < Bullish.Price ? new(bar.High, bar.OpenTime) : Bullish;
        }

        return gap;
    }

    private PriceBreak? AfterFirstGap(Candle candle)
    {
        var gap = ReplaceAndCompare(candle);
        if (gap is { } found)
        {
            _group.RemoveAll(bar => bar.OpenTime <= found.OpeningBar);
            var highestLow = _group.Max(bar => bar.Low);
            var lowestHigh = _group.Min(bar => bar.High);
            Bearish = new(highestLow, _group.Last(bar => bar.Low == highestLow).OpenTime);
            Bullish = new(lowestHigh, _group.Last(bar => bar.High == lowestHigh).OpenTime);
        }

        return gap;
    }
}
