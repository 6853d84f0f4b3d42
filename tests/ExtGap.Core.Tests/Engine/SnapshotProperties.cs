using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Engine;

[Properties(Arbitrary = [typeof(Markets)])]
public sealed class SnapshotProperties
{
    [Property(MaxTest = 150)]
    public void An_engine_restored_at_any_cut_goes_on_as_if_it_had_never_stopped(GapAlgorithm algorithm, RandomMarket market, int seed)
    {
        var whole = EngineRun.Of(algorithm, market.Candles);
        var random = new Random(seed);
        foreach (var cut in market.Candles.Count <= 40 ? Enumerable.Range(0, market.Candles.Count + 1) : [random.Next(market.Candles.Count), 500])
        {
            var before = EngineRun.Of(algorithm, market.Candles.Take(cut));
            var after = new EngineRun(Snapshots.Restart(before.Engine, new()));
            Snapshots.AssertSame(before.Engine.Snapshot(), after.Engine.Snapshot());

            var events = new List<EngineEvent>(before.Events);
            foreach (var candle in market.Candles.Skip(cut))
            {
                after.Engine.CandleClosed(candle, events);
            }

            Assert.Equal(whole.Events, events);
            Snapshots.AssertSame(whole.Engine.Snapshot(), after.Engine.Snapshot());
        }
    }

    [Property]
    public void An_engine_restored_after_every_single_input_says_what_one_says_that_never_stopped(
        GapAlgorithm algorithm, RandomMarket market, TradingOptions options, bool wrongOpens)
    {
        var steady = new EngineRun(algorithm, options);
        var engine = new StrategyEngine(algorithm, options);
        var events = new List<EngineEvent>();
        foreach (var candle in market.Candles)
        {
            var open = wrongOpens && candle.OpenTime.UnixMilliseconds % 7 < 3 ? Price.FromUnits(candle.Open.Units + 1) : candle.Open;
            steady.CandleOpened(candle.OpenTime, open);
            engine.CandleOpened(candle.OpenTime, open, events);
            engine = Snapshots.Restart(engine, options);

            steady.CandleClosed(candle);
            engine.CandleClosed(candle, events);
            engine = Snapshots.Restart(engine, options);
        }

        Assert.Equal(steady.Events, events);
        Snapshots.AssertSame(steady.Engine.Snapshot(), engine.Snapshot());
    }

    [Property]
    public void A_snapshot_does_not_change_when_its_engine_goes_on(GapAlgorithm algorithm, RandomMarket market)
    {
        var run = EngineRun.Of(algorithm, market.Candles.Take(market.Candles.Count / 2));
        var snapshot = run.Engine.Snapshot();
        var copy = Snapshots.Rebuild(snapshot);

        run.CloseAll(market.Candles.Skip(market.Candles.Count / 2));

        Snapshots.AssertSame(copy, snapshot);
    }

    [Fact]
    public void A_snapshot_of_another_algorithm_is_refused()
    {
        var snapshot = new StrategyEngine(GapAlgorithm.Simple, new()).Snapshot();

        Assert.Throws<ArgumentException>(() => new StrategyEngine(GapAlgorithm.Group, new(), snapshot));
    }
}
