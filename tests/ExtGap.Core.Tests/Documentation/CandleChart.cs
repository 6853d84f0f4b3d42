using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Documentation;

/// <summary>Candles side by side in a part of a drawing, and what is said about them.</summary>
internal sealed class CandleChart
{
    private readonly Svg _svg;
    private readonly double _left;
    private readonly double _top;
    private readonly double _slot;
    private readonly double _unit;
    private readonly decimal _high;

    /// <param name="svg">Where it is drawn.</param>
    /// <param name="steps">The candles.</param>
    /// <param name="left">Left edge of the first candle's slot.</param>
    /// <param name="top">Where the highest price is.</param>
    /// <param name="slot">Width of a candle with the space beside it.</param>
    /// <param name="height">From the highest price to the lowest.</param>
    public CandleChart(Svg svg, IReadOnlyList<Step> steps, double left, double top, double slot, double height)
    {
        (_svg, _left, _top, _slot) = (svg, left, top, slot);
        _high = steps.Max(step => step.Candle.High.ToDecimal());
        _unit = height / (double)(_high - steps.Min(step => step.Candle.Low.ToDecimal()));
    }

    /// <summary>The middle of a candle, of which the first one is 1.</summary>
    public double X(double number) => _left + ((number - 0.5) * _slot);

    public double Y(Price price) => _top + ((double)(_high - price.ToDecimal()) * _unit);

    public void Candle(Step step)
    {
        var candle = step.Candle;
        var half = Math.Min(_slot * 0.28, 11);
        _svg.Line("wick", X(step.Number), Y(candle.High), X(step.Number), Y(candle.Low));
        _svg.Rectangle(candle.Close < candle.Open ? "down" : "up", X(step.Number) - half, X(step.Number) + half, Y(candle.Open), Y(candle.Close));
    }

    /// <summary>The gap level from the opening bar to the detection bar, and the empty space between it and that bar.</summary>
    public void Gap(Step step)
    {
        var kind = KindOf(step);
        var right = X(step.Number + 0.4);
        var edge = step.Gap!.Polarity == Polarity.Bearish ? step.Candle.High : step.Candle.Low;
        _svg.Rectangle($"{kind} zone", X(step.Number - 0.4), right, Y(step.Gap.Level), Y(edge));
        _svg.Line($"{kind} stroke level", X(step.OpeningBar.Bar), Y(step.Gap.Level), right, Y(step.Gap.Level));
    }

    /// <summary>An arrow at the detection bar with the sequence number, and words where there is room for them.</summary>
    public void Mark(Step step, string? words = null)
    {
        var isBullish = step.Gap!.Polarity == Polarity.Bullish;
        var y = isBullish ? Y(step.Candle.High) - 6 : Y(step.Candle.Low) + 6;
        _svg.Triangle(KindOf(step), X(step.Number), y, isBullish);
        _svg.Text($"{KindOf(step)} strong", X(step.Number), isBullish ? y - 13 : y + 23, $"#{step.Gap.SequenceNumber}");
        if (words is not null)
        {
            _svg.Text($"{KindOf(step)} small", X(step.Number), isBullish ? y - 28 : y + 38, words);
        }
    }

    /// <summary>What each candle was compared with.</summary>
    public void Candidates(IReadOnlyList<Step> steps)
    {
        _svg.Steps("bearish stroke candidate", steps.Select(step => (X(step.Number - 0.5), X(step.Number + 0.5), Y(step.Compared.Bearish.Price) - 0.8)));
        _svg.Steps("bullish stroke candidate", steps.Select(step => (X(step.Number - 0.5), X(step.Number + 0.5), Y(step.Compared.Bullish.Price) + 0.8)));
    }

    private static string KindOf(Step step) => step.Gap!.Polarity == Polarity.Bearish ? "bearish" : "bullish";
}
