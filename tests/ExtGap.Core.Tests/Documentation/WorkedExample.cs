using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;
using ExtGap.Tests;

namespace ExtGap.Core.Tests.Documentation;

/// <summary>A price that a candle is compared with, and the number of the candle that set it, from 1.</summary>
internal readonly record struct Candidate(Price Price, long Bar);

/// <summary>The two candidates, the highest low and the lowest high.</summary>
internal readonly record struct Candidates(Candidate Bearish, Candidate Bullish);

/// <summary>One candle and what it did.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Candle">The candle.</param>
/// <param name="Compared">What it was compared with, itself included.</param>
/// <param name="After">The candidates that it left.</param>
/// <param name="Gap">The gap that it made.</param>
/// <param name="Events">All that it caused.</param>
internal sealed record Step(int Number, Candle Candle, Candidates Compared, Candidates After, ExternalGap? Gap, IReadOnlyList<EngineEvent> Events)
{
    /// <summary>The candle that set the gap's level.</summary>
    public Candidate OpeningBar => Gap!.Polarity == Polarity.Bearish ? Compared.Bearish : Compared.Bullish;
}

/// <summary>The engine over a few candles, with its candidates after each: what docs/strategy.md and its drawings show.</summary>
internal sealed class WorkedExample
{
    /// <summary>Candles 1101 to 1113 of ties-3m.</summary>
    public static readonly IReadOnlyList<Candle> Candles = [.. KlineFile.Candles(Conformance.Klines("ties-3m")).Skip(1100).Take(13)];

    public WorkedExample(GapAlgorithm algorithm, IEnumerable<Candle> candles)
    {
        Engine = new(algorithm, new());
        foreach (var candle in candles)
        {
            Steps.Add(Next(candle));
        }
    }

    public StrategyEngine Engine { get; }

    public List<Step> Steps { get; } = [];

    public Trade Trade => Steps.SelectMany(step => step.Events).OfType<EngineEvent.PositionClosed>().Select(closed => closed.Trade).First();

    /// <summary>The number of the candle that opens at a time.</summary>
    public int NumberOf(Instant openTime) => Steps.Single(step => step.Candle.OpenTime == openTime).Number;

    private Step Next(Candle candle)
    {
        var number = Steps.Count + 1;
        var compared = Compared(candle, number);
        var events = new List<EngineEvent>();
        Engine.CandleClosed(candle, events);
        var gap = events.OfType<EngineEvent.GapDetected>().SingleOrDefault()?.Gap;
        return new(number, candle, compared, Kept(), gap, events);
    }

    private Candidates Compared(in Candle candle, int number)
    {
        var (low, high) = (new Candidate(candle.Low, number), new Candidate(candle.High, number));
        if (number == 1)
        {
            return new(low, high);
        }

        var (bearish, bullish) = (Steps[^1].After.Bearish, Steps[^1].After.Bullish);
        return new(low.Price > bearish.Price ? low : bearish, high.Price < bullish.Price ? high : bullish);
    }

    /// <summary>Before its first gap the group algorithm has no candidates apart from the best of the group.</summary>
    private Candidates Kept()
    {
        var snapshot = Engine.Snapshot();
        var detector = snapshot.Detector;
        var isGroupAlone = snapshot.Algorithm == GapAlgorithm.Group && !detector.HasGap;
        return new(Of(isGroupAlone ? detector.GroupLows[0] : detector.Bearish), Of(isGroupAlone ? detector.GroupHighs[0] : detector.Bullish));
    }

    private static Candidate Of(Extreme extreme) => new(extreme.Price, extreme.Index + 1);
}
