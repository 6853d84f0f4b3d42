using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;

namespace ExtGap.Core.Tests.Market;

public sealed class CandleTests
{
    [Theory]
    [InlineData("1", "1", "1", "1", true)]
    [InlineData("2", "3", "1", "2", true)]
    [InlineData("1", "3", "1", "3", true)]
    [InlineData("2", "1", "3", "2", false)]
    [InlineData("4", "3", "1", "2", false)]
    [InlineData("2", "3", "1", "4", false)]
    [InlineData("0.5", "3", "1", "2", false)]
    [InlineData("2", "3", "1", "0.5", false)]
    public void High_and_low_bound_open_and_close(string open, string high, string low, string close, bool consistent)
    {
        var candle = new Candle(new(0), new(59_999), Price.Parse(open), Price.Parse(high), Price.Parse(low), Price.Parse(close), 0m);

        Assert.Equal(consistent, candle.IsConsistent);
    }

    [Fact]
    public void A_candle_is_over_a_millisecond_after_its_close_time()
    {
        var candles = new Series("3m").Quiet(2).ToList();

        Assert.Equal(candles[1].OpenTime, candles[0].End);
    }
}
