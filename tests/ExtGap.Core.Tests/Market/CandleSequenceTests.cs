using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Market;

public sealed class CandleSequenceTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void Any_candle_may_begin()
    {
        var sequence = new CandleSequence(Timeframe.Parse("1h"));

        Assert.Null(sequence.Last);
        Assert.Null(sequence.Expected);
        Assert.Equal(CandleOrder.Next, sequence.Classify(new(123 * Hour)));
    }

    [Theory]
    [InlineData(-5, CandleOrder.Late)]
    [InlineData(-1, CandleOrder.Late)]
    [InlineData(0, CandleOrder.Duplicate)]
    [InlineData(1, CandleOrder.Next)]
    [InlineData(2, CandleOrder.Hole)]
    [InlineData(1000, CandleOrder.Hole)]
    public void A_candle_is_the_next_one_a_repeat_or_beyond_a_hole(int hours, CandleOrder order)
    {
        var sequence = new CandleSequence(Timeframe.Parse("1h"), new(100 * Hour));

        Assert.Equal(order, sequence.Classify(new((100 + hours) * Hour)));
        Assert.Equal(new Instant(101 * Hour), sequence.Expected);
    }

    [Fact]
    public void Advancing_over_a_hole_makes_what_was_missing_late()
    {
        var sequence = new CandleSequence(Timeframe.Parse("1h"), new(100 * Hour));

        sequence.Advance(new(105 * Hour));

        Assert.Equal(CandleOrder.Late, sequence.Classify(new(103 * Hour)));
        Assert.Equal(CandleOrder.Next, sequence.Classify(new(106 * Hour)));
    }

    [Fact]
    public void The_next_month_is_as_long_as_the_month_is()
    {
        var month = Timeframe.Parse("1M");
        var february = Instant.From(new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero));
        var sequence = new CandleSequence(month, february);

        Assert.Equal(CandleOrder.Next, sequence.Classify(month.Next(february)));
        Assert.Equal(CandleOrder.Hole, sequence.Classify(month.Next(month.Next(february))));
    }
}
