using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Market;

[Properties(Arbitrary = [typeof(Markets)])]
public sealed class CandleAggregatorProperties
{
    [Property(MaxTest = 300)]
    public void Built_candles_are_those_of_grouping_by_bucket(RandomMarket market, byte which)
    {
        var targets = Timeframe.All.Where(timeframe => timeframe > market.Timeframe && timeframe.CanBeBuiltFrom(market.Timeframe)).ToList();
        var target = targets[which % targets.Count];
        var closed = Build(market, target, opens: false);
        var opened = Build(market, target, opens: true);

        var buckets = market.Candles
            .GroupBy(candle => target.Floor(candle.OpenTime))
            .Select(bucket => (Open: bucket.Key, Candles: bucket.ToList()))
            .SkipWhile(bucket => bucket.Candles[0].OpenTime != bucket.Open)
            .ToList();
        var finished = buckets.Where((bucket, i) => i < buckets.Count - 1 || bucket.Candles[^1].CloseTime == target.CloseTimeOf(bucket.Open));

        Assert.Equal(finished.Select(bucket => Built(target, bucket.Open, bucket.Candles)), closed.Closed);
        Assert.Equal(buckets.Select(bucket => (bucket.Open, bucket.Candles[0].Open)), closed.Opened);
        Assert.Equal(closed.Log, opened.Log);
        Assert.Equal(closed.Closed, opened.Closed);
        Assert.Equal(closed.Opened, opened.Opened);
        Assert.All(closed.Closed, candle => Assert.True(candle.IsConsistent));
    }

    private static Candle Built(Timeframe target, Instant open, List<Candle> candles) => new(
        open,
        target.CloseTimeOf(open),
        candles[0].Open,
        candles.Max(candle => candle.High),
        candles.Min(candle => candle.Low),
        candles[^1].Close,
        candles.Sum(candle => candle.Volume));

    private static Recorder Build(RandomMarket market, Timeframe target, bool opens)
    {
        var recorder = new Recorder();
        var aggregator = new CandleAggregator(market.Timeframe, target);
        foreach (var candle in market.Candles)
        {
            if (opens)
            {
                aggregator.SourceOpened(candle.OpenTime, candle.Open, recorder);
            }

            aggregator.SourceClosed(candle, recorder);
        }

        return recorder;
    }
}
