using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;

namespace ExtGap.Core.Tests.Engine;

/// <summary>
/// A candle that says nothing costs no memory, so a bot's garbage does not grow with the market's candles.
/// What the runtime does on a thread (a collection, code compiled anew) counts as that thread's now and then; what the code allocates
/// counts every time. So the least of some runs is what counts.
/// </summary>
public sealed class AllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 10_000;

    [Theory]
    [InlineData(GapAlgorithm.Group)]
    [InlineData(GapAlgorithm.Simple)]
    [InlineData(GapAlgorithm.Corrected)]
    public void A_detector_allocates_nothing_gaps_or_not(GapAlgorithm algorithm)
    {
        foreach (var shape in Enum.GetValues<Shape>().Except([Shape.WindowEdge, Shape.Widening]))
        {
            var candles = Make(shape);
            var gaps = 0;

            Assert.Equal(0, Least(() =>
            {
                var detector = GapDetector.Create(algorithm);
                return Allocated(candles, candle => gaps += detector.TryDetect(candle, out _) ? 1 : 0);
            }));
            Assert.Equal(shape != Shape.Gapless, gaps > 0);
        }
    }

    [Theory]
    [InlineData(GapAlgorithm.Group, false)]
    [InlineData(GapAlgorithm.Group, true)]
    [InlineData(GapAlgorithm.Simple, true)]
    [InlineData(GapAlgorithm.Corrected, true)]
    public void An_engine_without_gap_or_trade_allocates_nothing_before_and_after_its_first_gap_and_with_an_open_position(
        GapAlgorithm algorithm, bool hasPosition)
    {
        var series = new Series("1m");
        if (hasPosition)
        {
            series.ShortSignal();
        }

        var candles = series.Quiet(WarmUp + Measured).ToArray();

        Assert.Equal(0, Least(() =>
        {
            var engine = new StrategyEngine(algorithm, new() { MaxHold = TimeSpan.FromDays(3650) });
            var events = new List<EngineEvent>();
            var allocated = Allocated(candles, candle => Feed(engine, candle, events));
            Assert.Equal(hasPosition, engine.Trader.Position is not null);
            Assert.Equal(hasPosition ? 3 : 0, events.Count);
            return allocated;
        }));
    }

    [Fact]
    public void A_market_that_makes_no_gap_for_longer_than_the_group_costs_nothing_more()
    {
        var candles = Make(Shape.Gapless);

        Assert.Equal(0, Least(() =>
        {
            var engine = new StrategyEngine(GapAlgorithm.Group, new());
            var events = new List<EngineEvent>();
            var allocated = Allocated(candles, candle => Feed(engine, candle, events));
            Assert.Empty(events);
            return allocated;
        }));
    }

    private static void Feed(StrategyEngine engine, Candle candle, List<EngineEvent> events)
    {
        engine.CandleOpened(candle.OpenTime, candle.Open, events);
        engine.CandleClosed(candle, events);
    }

    private static long Least(Func<long> measurement) => Enumerable.Range(0, 5).Min(_ => measurement());

    /// <summary>What all candles after those of the warm-up allocate.</summary>
    private static long Allocated(Candle[] candles, Action<Candle> feed)
    {
        Array.ForEach(candles[..WarmUp], feed);
        var rest = candles[WarmUp..];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Array.ForEach(rest, feed);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Candle[] Make(Shape shape)
    {
        var walk = new Walk(new Random(7), Timeframe.Parse("1m"));
        // As many candidates as a group can have, so that there is room for whatever comes.
        walk.Add(Shape.Widening, 600);
        walk.Add(shape, WarmUp - 600 + Measured);
        return [.. walk.Candles];
    }
}
