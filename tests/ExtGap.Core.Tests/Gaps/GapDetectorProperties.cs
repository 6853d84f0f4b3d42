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

    private static PriceBreak? Next(GapDetector detector, Candle candle) => detector.TryDetect(candle, out var found) ? found : null;
}
