using ExtGap.Core.Gaps;
using ExtGap.Core.Tests.Reference;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Engine;

[Properties(Arbitrary = [typeof(Markets)])]
public sealed class ReferenceProperties
{
    [Property(MaxTest = 600)]
    public void Gaps_and_trades_are_those_of_the_plain_model(GapAlgorithm algorithm, RandomMarket market, TradingOptions options)
    {
        var run = EngineRun.Of(algorithm, market.Candles, options);
        var reference = new ReferenceStrategy(algorithm, market.Candles, options);

        Assert.Equal(reference.Gaps, run.Gaps);
        Assert.Equal(reference.Trades, run.Trades.Select(PlainTrade.Of));
    }

    [Property]
    public void Every_reversal_enters_at_the_open_of_the_next_candle_there_is_and_nothing_else_enters(
        GapAlgorithm algorithm, RandomMarket market, TradingOptions options)
    {
        var run = EngineRun.Of(algorithm, market.Candles, options);

        var reversals = run.Gaps.Where(gap => gap.IsReversal).ToDictionary(gap => gap.DetectionBar);
        var expected = market.Candles.Zip(market.Candles.Skip(1))
            .Where(pair => reversals.ContainsKey(pair.First.CloseTime))
            .Select(pair => (
                reversals[pair.First.CloseTime].Polarity == Polarity.Bullish ? Side.Long : Side.Short,
                pair.Second.OpenTime,
                pair.Second.Open));
        Assert.Equal(expected, run.Entries.Select(entry => (entry.Side, entry.EntryTime, entry.EntryPrice)));
        Assert.Equal(reversals.Count, run.Entries.Count + (run.Engine.Trader.PendingEntry is null ? 0 : 1));
    }

    [Property]
    public void Every_trade_closes_an_entry_and_no_two_overlap(GapAlgorithm algorithm, RandomMarket market, TradingOptions options)
    {
        var run = EngineRun.Of(algorithm, market.Candles, options);

        Assert.Equal(run.Entries.Take(run.Trades.Count), run.Trades.Select(trade => trade.Position));
        Assert.Equal(run.Entries.Skip(run.Trades.Count).SingleOrDefault(), run.Engine.Trader.Position);
        Assert.All(run.Trades.Zip(run.Entries.Skip(1)), pair => Assert.True(pair.First.ExitTime <= pair.Second.EntryTime));
    }

    [Property]
    public void Sequence_numbers_count_up_from_each_reversal(GapAlgorithm algorithm, RandomMarket market)
    {
        var gaps = EngineRun.Of(algorithm, market.Candles).Gaps;

        Assert.Equal(gaps.Select((_, i) => i == 0), gaps.Select(gap => gap.IsFirst));
        Assert.Equal(
            gaps.Select((gap, i) => i > 0 && gap.Polarity == gaps[i - 1].Polarity ? gaps[i - 1].SequenceNumber + 1 : 1),
            gaps.Select(gap => gap.SequenceNumber));
        Assert.Equal(gaps.Select(gap => !gap.IsFirst && gap.SequenceNumber == 1), gaps.Select(gap => gap.IsReversal));
    }
}
