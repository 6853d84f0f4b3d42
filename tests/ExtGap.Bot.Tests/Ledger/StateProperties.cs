using System.Text.Json;
using ExtGap.Bot.Ledger;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;
using FsCheck.Xunit;

namespace ExtGap.Bot.Tests.Ledger;

[Properties(Arbitrary = [typeof(Markets)], MaxTest = 60)]
public sealed class StateProperties
{
    [Property]
    public void A_state_comes_out_of_the_ledgers_text_as_it_went_in(RandomMarket market, TradingOptions options)
    {
        var random = new Random(market.Candles.Count);
        foreach (var algorithm in Enum.GetValues<GapAlgorithm>())
        {
            var engine = new StrategyEngine(algorithm, options);
            AssertSurvives(engine);
            var events = new List<EngineEvent>();
            foreach (var candle in market.Candles)
            {
                if (random.Next(3) > 0)
                {
                    engine.CandleOpened(candle.OpenTime, Price.FromUnits(candle.Open.Units + random.Next(2)), events);
                    AssertSurvivesSometimes();
                }

                engine.CandleClosed(candle, events);
                AssertSurvivesSometimes();
            }

            AssertSurvives(engine);

            void AssertSurvivesSometimes()
            {
                if (engine.Snapshot().Provisional is not null || engine.Trader.PendingEntry is not null || random.Next(40) == 0)
                {
                    AssertSurvives(engine);
                }
            }
        }
    }

    [Fact]
    public void A_group_of_five_hundred_bars_with_hundreds_in_its_queues_survives()
    {
        var engine = new StrategyEngine(GapAlgorithm.Group, new());
        var start = Bot.Tests.Support.Minutes.Start;
        var minute = Timeframe.Parse("1m");
        for (var i = 0; i < 700; i++)
        {
            // Falling lows and rising highs: every bar can still become the best one, and none breaks another.
            var openTime = start + TimeSpan.FromMinutes(i);
            var (low, high) = (Walk.Ticks(5000 - i), Walk.Ticks(5000 + i));
            engine.CandleClosed(new(openTime, minute.CloseTimeOf(openTime), low, high, low, high, i), []);
        }

        Assert.True(engine.Snapshot().Detector.GroupLows.Count >= 500);
        AssertSurvives(engine);
    }

    private static void AssertSurvives(StrategyEngine engine)
    {
        var snapshot = engine.Snapshot();
        var text = JsonSerializer.Serialize(snapshot, LedgerJson.Default.EngineSnapshot);
        var read = JsonSerializer.Deserialize(text, LedgerJson.Default.EngineSnapshot);
        Assert.NotNull(read);
        Snapshots.AssertSame(snapshot, read);
        Assert.Equal(text, JsonSerializer.Serialize(read, LedgerJson.Default.EngineSnapshot));
    }
}
