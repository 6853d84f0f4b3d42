using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Engine;

[Properties(Arbitrary = [typeof(Markets)])]
public sealed class OpenedCandleProperties
{
    [Property]
    public void Opened_and_closed_says_what_closed_alone_says(GapAlgorithm algorithm, RandomMarket market, TradingOptions options, int seed)
    {
        var random = new Random(seed);
        var closed = EngineRun.Of(algorithm, market.Candles, options);
        var opened = new EngineRun(algorithm, options);
        foreach (var candle in market.Candles)
        {
            // Several updates of the same candle, or none.
            for (var updates = random.Next(3); updates > 0; updates--)
            {
                opened.CandleOpened(candle.OpenTime, candle.Open);
            }

            opened.CandleClosed(candle);
        }

        Assert.Equal(closed.Events, opened.Events);
        Snapshots.AssertSame(closed.Engine.Snapshot(), opened.Engine.Snapshot());
    }

    [Property]
    public void An_entry_executes_when_the_next_candle_opens_not_when_it_closes(GapAlgorithm algorithm, RandomMarket market)
    {
        var run = new EngineRun(algorithm);
        foreach (var candle in market.Candles)
        {
            var pending = run.Engine.Trader.PendingEntry;
            var entries = run.Entries.Count;
            run.CandleOpened(candle.OpenTime, candle.Open);
            Assert.Equal(entries + (pending is null ? 0 : 1), run.Entries.Count);
            Assert.Null(run.Engine.Trader.PendingEntry);

            entries = run.Entries.Count;
            run.CandleClosed(candle);
            Assert.Equal(entries, run.Entries.Count);
        }
    }

    [Property]
    public void Wrong_opens_are_corrected_and_leave_the_same_gaps_trades_and_state(
        GapAlgorithm algorithm, RandomMarket market, TradingOptions options, int seed)
    {
        var random = new Random(seed);
        var right = EngineRun.Of(algorithm, market.Candles, options);
        var corrected = new EngineRun(algorithm, options);
        foreach (var candle in market.Candles)
        {
            var wrong = random.Next(2) == 0 ? Price.FromUnits(candle.Open.Units + random.Next(1, 5_000_000)) : candle.Open;
            var time = random.Next(5) == 0 ? candle.OpenTime - TimeSpan.FromMinutes(1) : candle.OpenTime;
            var (before, said) = (corrected.Engine.Trader, corrected.Events.Count);
            corrected.CandleOpened(time, wrong);
            corrected.CandleClosed(candle);

            var events = corrected.Events.Skip(said).ToList();
            var wrongEntry = events.OfType<EngineEvent.EntryExecuted>()
                .Any(e => e.Position.EntryPrice != candle.Open || e.Position.EntryTime != candle.OpenTime);
            Assert.Equal(wrongEntry ? 1 : 0, events.OfType<EngineEvent.EntryCorrected>().Count());
            Assert.Equal(wrongEntry && before.Position is not null ? 1 : 0, events.OfType<EngineEvent.TradeCorrected>().Count());
        }

        Assert.Equal(right.Gaps, corrected.Gaps);
        Assert.Equal(right.Entries, corrected.Entries);
        Assert.Equal(right.Trades, corrected.Trades);
        Snapshots.AssertSame(right.Engine.Snapshot(), corrected.Engine.Snapshot());
    }

    [Property]
    public void A_candle_that_opens_and_never_closes_leaves_the_entry_to_the_next_one(GapAlgorithm algorithm, RandomMarket market, int seed)
    {
        var random = new Random(seed);
        var run = new EngineRun(algorithm);
        var closed = new List<Candle>();
        foreach (var candle in market.Candles)
        {
            run.CandleOpened(candle.OpenTime, candle.Open);
            if (random.Next(3) > 0)
            {
                run.CandleClosed(candle);
                closed.Add(candle);
            }
        }

        if (closed.Count > 0 && run.Engine.Snapshot().Provisional is null)
        {
            var without = EngineRun.Of(algorithm, closed);
            Assert.Equal(without.Gaps, run.Gaps);
            Assert.Equal(without.Entries, run.Entries);
            Assert.Equal(without.Trades, run.Trades);
            Assert.Equal(without.Engine.Trader, run.Engine.Trader);
        }
    }
}
