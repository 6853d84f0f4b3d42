using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Reference;
using ExtGap.Core.Tests.Support;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Gaps;

public sealed class GapDetectorProperties
{
    [Property(Arbitrary = [typeof(Markets)], MaxTest = 1500)]
    public void The_detectors_find_what_the_plain_models_find(GapAlgorithm algorithm, RandomMarket market)
    {
        var detector = GapDetector.Create(algorithm);
        var reference = ReferenceDetector.Create(algorithm);
        foreach (var candle in market.Candles)
        {
            Assert.Equal(reference.Next(candle), Next(detector, candle));
        }

        Assert.Equal(market.Candles.Count, detector.CandleCount);
    }

    [Property(Arbitrary = [typeof(Markets)], MaxTest = 500)]
    public void Simple_and_corrected_reverse_on_the_same_candles(RandomMarket market) => Assert.Equal(
        EngineRun.Of(GapAlgorithm.Simple, market.Candles).Gaps.Where(gap => gap.IsReversal).Select(gap => (gap.DetectionBar, gap.Polarity)),
        EngineRun.Of(GapAlgorithm.Corrected, market.Candles).Gaps.Where(gap => gap.IsReversal).Select(gap => (gap.DetectionBar, gap.Polarity)));

    [Property(Arbitrary = [typeof(Markets)], MaxTest = 500)]
    public void The_first_gap_is_the_same_in_all_three_within_500_bars(RandomMarket market)
    {
        var first = Enum.GetValues<GapAlgorithm>().Select(algorithm => EngineRun.Of(algorithm, market.Candles.Take(500)).Gaps.FirstOrDefault());
        Assert.Single(first.Distinct());
    }

    private static PriceBreak? Next(GapDetector detector, Candle candle) => detector.TryDetect(candle, out var found) ? found : null;
}
