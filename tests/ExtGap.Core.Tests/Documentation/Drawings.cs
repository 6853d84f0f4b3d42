using System.Globalization;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;

namespace ExtGap.Core.Tests.Documentation;

/// <summary>The drawings of docs/images, made from what the engine finds.</summary>
internal static class Drawings
{
    /// <summary>One gap of each polarity, on candles that were made for it.</summary>
    public static Svg Gap()
    {
        var svg = new Svg(760, 284, "A bearish and a bullish external gap: the detection bar lies wholly beyond the level that the opening bar set");
        Panel(svg, 0, "Bearish gap", "highest low", isMirrored: false);
        svg.Line("frame", 380, 16, 380, 268);
        Panel(svg, 380, "Bullish gap", "lowest high", isMirrored: true);
        return svg;
    }

    /// <summary>The three algorithms on the same candles.</summary>
    public static Svg Algorithms()
    {
        var svg = new Svg(760, 318, "The gaps that the algorithms group, simple and corrected find on the same nine candles");
        foreach (var (algorithm, i) in Enum.GetValues<GapAlgorithm>().Select((algorithm, i) => (algorithm, i)))
        {
            var steps = new WorkedExample(algorithm, WorkedExample.Candles).Steps[..9];
            var left = 252 * i;
            svg.Text("title", left + 20, 28, algorithm.ToString().ToLowerInvariant(), "start");
            var chart = new CandleChart(svg, steps, left + 16, 52, 24.5, 216);
            Fill(chart, steps);
            steps.ForEach(step => svg.Text("small muted", chart.X(step.Number), 306, step.Number.ToString(CultureInfo.InvariantCulture)));
            if (i > 0)
            {
                svg.Line("frame", left + 4, 16, left + 4, 302);
            }
        }

        return svg;
    }

    /// <summary>The worked example with its trade.</summary>
    public static Svg Example()
    {
        var svg = new Svg(760, 340, "Thirteen candles, their candidates, five gaps and a trade");
        var example = new WorkedExample(GapAlgorithm.Group, WorkedExample.Candles);
        var chart = new CandleChart(svg, example.Steps, 56, 28, 53, 270);
        foreach (var price in new[] { 2448m, 2450m, 2452m, 2454m })
        {
            var y = chart.Y(Series.PriceOf(price));
            svg.Text("small muted", 14, y + 4, price.ToString("0", CultureInfo.InvariantCulture), "start");
            svg.Line("frame", 48, y, 54, y);
        }

        Fill(chart, example.Steps, gap => gap.IsFirst ? "first" : gap.IsReversal ? "reversal" : null);
        var trade = example.Trade;
        var (entry, exit) = (chart.X(example.NumberOf(trade.Position.EntryTime)), chart.X(example.NumberOf(trade.ExitTime)));
        svg.Line("trade stroke", entry, chart.Y(trade.Position.EntryPrice), exit, chart.Y(trade.ExitPrice));
        svg.Dot("trade", entry, chart.Y(trade.Position.EntryPrice));
        svg.Dot("trade", exit, chart.Y(trade.ExitPrice));
        var words = string.Create(CultureInfo.InvariantCulture, $"long {trade.Position.EntryPrice.ToDecimal():0.0} → {trade.ExitPrice.ToDecimal():0.0}");
        svg.Text("trade strong small", entry + 32, chart.Y(Series.PriceOf(2451.7m)), words, "start");
        Legend(svg, 496, 30);
        example.Steps.ForEach(step => svg.Text("small muted", chart.X(step.Number), 328, step.Number.ToString(CultureInfo.InvariantCulture)));
        return svg;
    }

    private static void Legend(Svg svg, double left, double top)
    {
        foreach (var (kind, text, row) in new[] { ("bearish", "highest low, the bearish candidate", 0), ("bullish", "lowest high, the bullish candidate", 1) })
        {
            svg.Steps($"{kind} stroke candidate", [(left, left + 34, top + (20 * row))]);
            svg.Text("small", left + 42, top + 4 + (20 * row), text, "start");
        }

        svg.Line("bearish stroke level", left, top + 40, left + 16, top + 40);
        svg.Line("bullish stroke level", left + 18, top + 40, left + 34, top + 40);
        svg.Text("small", left + 42, top + 44, "gap level, opening to detection bar", "start");
    }

    private static void Fill(CandleChart chart, List<Step> steps, Func<ExternalGap, string?>? words = null)
    {
        var gaps = steps.FindAll(step => step.Gap is not null);
        gaps.ForEach(chart.Gap);
        chart.Candidates(steps);
        steps.ForEach(chart.Candle);
        gaps.ForEach(step => chart.Mark(step, words?.Invoke(step.Gap!)));
    }

    private static void Panel(Svg svg, double left, string title, string level, bool isMirrored)
    {
        var steps = new WorkedExample(GapAlgorithm.Group, MadeCandles(isMirrored)).Steps;
        var gap = Assert.Single(steps, step => step.Gap is not null);
        var chart = new CandleChart(svg, steps, left + 22, 66, 40, 180);
        svg.Text("title", left + 20, 28, title, "start");
        chart.Gap(gap);
        steps.ForEach(chart.Candle);

        var kind = isMirrored ? "bullish" : "bearish";
        var opening = steps[(int)gap.OpeningBar.Bar - 1];
        svg.Text("small", chart.X(opening.Number), isMirrored ? chart.Y(opening.Candle.Low) + 20 : chart.Y(opening.Candle.High) - 10, "opening bar");
        svg.Text("small", chart.X(gap.Number), isMirrored ? chart.Y(gap.Candle.High) - 10 : chart.Y(gap.Candle.Low) + 20, "detection bar");
        var (x, y) = (chart.X(gap.Number + 0.4), chart.Y(gap.Gap!.Level));
        var away = isMirrored ? 1 : -1;
        svg.Line($"{kind} stroke", x, y, x, y + (42 * away));
        svg.Text($"{kind} strong small", x - 6, y + (isMirrored ? 47 : -38), $"gap level = {level}", "end");
    }

    private static Series MadeCandles(bool isMirrored)
    {
        var series = new Series("1m");
        foreach (var (open, high, low, close) in new[]
        {
            (54m, 60m, 50m, 58m), (58m, 70m, 55m, 66m), (66m, 68m, 48m, 52m), (52m, 61m, 46m, 57m), (57m, 62m, 44m, 47m), (47m, 56m, 40m, 43m),
            (43m, 58m, 38m, 45m), (45m, 47m, 30m, 34m),
        })
        {
            _ = isMirrored ? series.Bar(100 - high, 100 - low, 100 - open, 100 - close) : series.Bar(low, high, open, close);
        }

        return series;
    }
}
