using ExtGap.Core.Gaps;
using ExtGap.Core.Statistics;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Statistics;

[Properties(Arbitrary = [typeof(Markets)])]
public sealed class StatisticsProperties
{
    [Property(MaxTest = 300)]
    public void Trade_statistics_are_what_counting_by_hand_gives(short[] cents)
    {
        var profits = cents.Select(c => c / 100m).ToList();
        var statistics = profits.Aggregate(default(TradeStatistics), (sum, profit) => sum.After(profit, fees: 0.6m, notional: 1000m));

        var (wins, losses) = (profits.Where(p => p > 0).ToList(), profits.Where(p => p < 0).ToList());
        Assert.Equal((wins.Count, losses.Count, profits.Count(p => p == 0)), (statistics.Wins, statistics.Losses, statistics.Breakevens));
        Assert.Equal(profits.Count, statistics.Count);
        Assert.Equal(profits.Sum(), statistics.Profit);
        Assert.Equal(0.6m * profits.Count, statistics.Fees);
        Assert.Equal(1000m * profits.Count, statistics.Volume);
        Assert.Equal(profits.Count == 0 ? null : (decimal)wins.Count / profits.Count, statistics.WinRate);
        Assert.Equal(losses.Count == 0 ? null : wins.Sum() / -losses.Sum(), statistics.ProfitFactor);
        Assert.Equal(wins.Count == 0 ? null : wins.Average(), statistics.MeanWin);
        Assert.Equal(losses.Count == 0 ? null : losses.Average(), statistics.MeanLoss);

        var equity = Enumerable.Range(0, profits.Count + 1).Select(count => profits.Take(count).Sum()).ToList();
        Assert.Equal(equity.Max(), statistics.PeakProfit);
        Assert.Equal(equity.Select((now, i) => equity.Take(i + 1).Max() - now).Max(), statistics.MaxDrawdown);
    }

    [Property]
    public void Gap_statistics_are_what_counting_by_hand_gives(GapAlgorithm algorithm, RandomMarket market)
    {
        var run = EngineRun.Of(algorithm, market.Candles);
        var statistics = run.Engine.Gaps;

        Assert.Equal(run.Gaps.Count, statistics.Count);
        Assert.Equal(run.Gaps.Count(gap => gap.Polarity == Polarity.Bullish), statistics.Bullish);
        Assert.Equal(run.Gaps.Count(gap => gap.Polarity == Polarity.Bearish), statistics.Bearish);
        Assert.Equal(run.Gaps.Count(gap => gap.IsReversal), statistics.Reversals);
        Assert.Equal(run.Gaps.FirstOrDefault()?.DetectionBar, statistics.First);
        Assert.Equal(run.Gaps.LastOrDefault()?.DetectionBar, statistics.Last);
        Assert.Equal(MeanTimeBetween(run.Gaps), statistics.MeanTimeBetween?.TotalMilliseconds ?? 0, tolerance: 1);
    }

    [Property]
    public void Each_trade_carries_what_all_up_to_it_come_to_and_the_engine_what_all_of_them_do(
        GapAlgorithm algorithm, RandomMarket market, TradingOptions options)
    {
        var run = EngineRun.Of(algorithm, market.Candles, options);
        var sum = default(TradeStatistics);
        foreach (var trade in run.Trades)
        {
            sum = sum.After(trade.RealizedProfit, trade.Position.Fees, trade.Position.Notional);
            Assert.Equal(sum, trade.Cumulative);
        }

        Assert.Equal(sum, run.Engine.Trader.Statistics);
    }

    /// <summary>In milliseconds; 0 before the second gap.</summary>
    private static double MeanTimeBetween(List<ExternalGap> gaps) => gaps.Zip(gaps.Skip(1))
        .Select(pair => (pair.Second.DetectionBar - pair.First.DetectionBar).TotalMilliseconds)
        .DefaultIfEmpty()
        .Average();
}
