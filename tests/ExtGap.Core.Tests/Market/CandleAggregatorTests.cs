using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;

namespace ExtGap.Core.Tests.Market;

public sealed class CandleAggregatorTests
{
    private readonly Recorder _out = new();

    [Fact]
    public void A_candle_has_the_first_open_the_extremes_the_last_close_and_the_sum_of_the_volumes()
    {
        Close(continued: false, Minute(0, 10, 12, 9, 11, 1.5m), Minute(1, 11, 15, 10, 14, 2m), Minute(2, 14, 14, 8, 9, 0.25m));

        var candle = Assert.Single(_out.Closed);
        Assert.Equal(
            new Candle(At(0), At(3) - TimeSpan.FromMilliseconds(1), Price.Parse("10"), Price.Parse("15"), Price.Parse("8"), Price.Parse("9"), 3.75m),
            candle);
        Assert.True(candle.IsConsistent);
    }

    [Fact]
    public void A_stream_begins_with_a_buckets_first_source_candle()
    {
        Close(continued: false, Minute(1), Minute(2), Minute(3), Minute(4), Minute(5));

        Assert.Equal(["opened 00:03", "closed 00:03"], _out.Log);
    }

    [Fact]
    public void A_stream_whose_first_bucket_lacks_its_first_source_candle_waits_for_a_whole_one()
    {
        Close(continued: false, Minute(1), Minute(4), Minute(5), Minute(6), Minute(7), Minute(8));

        Assert.Equal(["opened 00:06", "closed 00:06"], _out.Log);
    }

    [Fact]
    public void A_stream_that_goes_on_makes_its_first_candle_of_whatever_there_is()
    {
        Close(continued: true, Minute(1, 10, 12, 9, 11, 1m), Minute(2, 11, 11, 11, 11, 1m));

        Assert.Equal(["opened 00:00", "closed 00:00"], _out.Log);
        Assert.Equal(Price.Parse("10"), _out.Closed[0].Open);
        Assert.Equal(At(0), _out.Closed[0].OpenTime);
    }

    [Fact]
    public void A_hole_at_the_start_or_in_the_middle_of_a_bucket_is_passed_over()
    {
        Close(continued: false, Minute(0), Minute(2), Minute(4), Minute(5));

        Assert.Equal(["opened 00:00", "closed 00:00", "opened 00:03", "closed 00:03"], _out.Log);
        Assert.Equal([At(0), At(3)], _out.Closed.Select(candle => candle.OpenTime));
        Assert.Equal([2m, 2m], _out.Closed.Select(candle => candle.Volume));
    }

    [Fact]
    public void A_bucket_whose_last_source_candle_is_a_hole_closes_with_the_next_one_there_is()
    {
        Close(continued: false, Minute(0), Minute(1), Minute(3));

        Assert.Equal(["opened 00:00", "closed 00:00", "opened 00:03"], _out.Log);
        Assert.Equal(At(3) - TimeSpan.FromMilliseconds(1), _out.Closed[0].CloseTime);
    }

    [Fact]
    public void The_first_update_of_that_next_one_is_enough()
    {
        var aggregator = new CandleAggregator(Timeframe.Parse("1m"), Timeframe.Parse("3m"));
        aggregator.SourceClosed(Minute(0), _out);
        aggregator.SourceOpened(At(4), Price.Parse("10"), _out);

        Assert.Equal(["opened 00:00", "closed 00:00", "opened 00:03"], _out.Log);
    }

    [Fact]
    public void An_empty_bucket_gives_no_candle_and_the_last_one_is_not_given_unfinished()
    {
        Close(continued: false, Minute(0), Minute(1), Minute(2), Minute(9), Minute(10));

        Assert.Equal(["opened 00:00", "closed 00:00", "opened 00:09"], _out.Log);
    }

    [Fact]
    public void A_bucket_opens_once_with_its_first_update_at_the_open_of_that()
    {
        var aggregator = new CandleAggregator(Timeframe.Parse("1m"), Timeframe.Parse("3m"));
        foreach (var minute in Enumerable.Range(0, 6))
        {
            aggregator.SourceOpened(At(minute), Price.Parse($"{10 + minute}"), _out);
            aggregator.SourceOpened(At(minute), Price.Parse("99"), _out);
            aggregator.SourceClosed(Minute(minute), _out);
        }

        Assert.Equal(["opened 00:00", "closed 00:00", "opened 00:03", "closed 00:03"], _out.Log);
        Assert.Equal([(At(0), Price.Parse("10")), (At(3), Price.Parse("13"))], _out.Opened);
    }

    [Fact]
    public void Native_candles_pass_as_they_are_whenever_they_open()
    {
        var aggregator = new CandleAggregator(Timeframe.Parse("3d"), Timeframe.Parse("3d"));
        var candle = new Candle(At(17), At(99), Price.Parse("1"), Price.Parse("2"), Price.Parse("1"), Price.Parse("2"), 1m);
        aggregator.SourceOpened(candle.OpenTime, candle.Open, _out);
        aggregator.SourceClosed(candle, _out);

        Assert.Equal(candle, Assert.Single(_out.Closed));
        Assert.Single(_out.Opened);
    }

    [Fact]
    public void A_timeframe_that_the_source_does_not_divide_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CandleAggregator(Timeframe.Parse("1h"), Timeframe.Parse("90m")));

    private void Close(bool continued, params Candle[] candles)
    {
        var aggregator = new CandleAggregator(Timeframe.Parse("1m"), Timeframe.Parse("3m"), continued);
        foreach (var candle in candles)
        {
            aggregator.SourceClosed(candle, _out);
        }
    }

    private static Candle Minute(int minute) => Minute(minute, 10, 11, 9, 10, 1m);

    private static Candle Minute(int minute, decimal open, decimal high, decimal low, decimal close, decimal volume) => new(
        At(minute),
        At(minute + 1) - TimeSpan.FromMilliseconds(1),
        Series.PriceOf(open),
        Series.PriceOf(high),
        Series.PriceOf(low),
        Series.PriceOf(close),
        volume);

    private static Instant At(int minute) => new(minute * 60_000L);
}
