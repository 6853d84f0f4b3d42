using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Engine;

[Properties(Arbitrary = [typeof(Markets)])]
public sealed class OrderProperties
{
    [Property]
    public void What_comes_later_changes_nothing_that_was_said_before(GapAlgorithm algorithm, RandomMarket market, RandomMarket other)
    {
        var cut = market.Candles.Count / 2;
        var run = EngineRun.Of(algorithm, market.Candles.Take(cut));
        var said = run.Events.ToList();
        var last = cut == 0 ? new Instant(0) : market.Candles[cut - 1].OpenTime;

        var changed = EngineRun.Of(algorithm, market.Candles.Take(cut).Concat(other.Candles.Select((candle, i) => candle with
        {
            OpenTime = last + ((i + 1) * market.Timeframe.NominalLength),
            CloseTime = last + ((i + 2) * market.Timeframe.NominalLength) - TimeSpan.FromMilliseconds(1),
        })));

        Assert.Equal(said, changed.Events.Take(said.Count));
        Assert.Equal(said, EngineRun.Of(algorithm, market.Candles).Events.Take(said.Count));
    }

    [Property]
    public void Duplicates_and_late_candles_change_nothing(GapAlgorithm algorithm, RandomMarket market, int seed)
    {
        var plain = EngineRun.Of(algorithm, market.Candles);
        var disturbed = new EngineRun(algorithm);
        var random = new Random(seed);
        for (var i = 0; i < market.Candles.Count; i++)
        {
            disturbed.CandleClosed(market.Candles[i]);
            if (random.Next(3) == 0)
            {
                // The repeat may even have other prices than the one before.
                var repeated = market.Candles[random.Next(Math.Max(0, i - 3), i + 1)];
                var absurd = repeated with { Open = Price.FromUnits(1), High = Price.FromUnits(2), Low = Price.FromUnits(1), Close = Price.FromUnits(2) };
                disturbed.CandleOpened(repeated.OpenTime, absurd.Open);
                Assert.False(disturbed.Engine.CandleClosed(random.Next(2) == 0 ? repeated : absurd, []));
            }
        }

        Assert.Equal(plain.Events, disturbed.Events);
        Snapshots.AssertSame(plain.Engine.Snapshot(), disturbed.Engine.Snapshot());
    }

    [Fact]
    public void An_empty_engine_has_nothing_to_say()
    {
        var engine = new StrategyEngine(GapAlgorithm.Group, new());
        var events = new List<EngineEvent>();

        engine.CandleOpened(new(0), Price.Parse("1"), events);

        Assert.Empty(events);
        Assert.Null(engine.LastCandle);
        Assert.Equal(default, engine.Trend);
        Assert.Equal(0, engine.CandleCount);
        Assert.Equal(default, engine.Gaps);
        Assert.Equal(default, engine.Trader);
    }
}
