using System.Globalization;
using ExtGap.Core.Market;
using FsCheck;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Market;

public sealed class TimeframeCalendarTests
{
    [Theory]
    [InlineData("1m", "2024-02-29 23:59:59.999", "2024-02-29 23:59")]
    [InlineData("45m", "2024-03-01 00:44:59.999", "2024-03-01 00:00")]
    [InlineData("90m", "2024-03-01 01:30", "2024-03-01 01:30")]
    [InlineData("4h", "2024-03-01 03:59", "2024-03-01 00:00")]
    [InlineData("1d", "2024-02-29 12:00", "2024-02-29 00:00")]
    [InlineData("1w", "2024-02-29 12:00", "2024-02-26 00:00")] // a Thursday and its Monday
    [InlineData("1w", "2024-02-26 00:00", "2024-02-26 00:00")]
    [InlineData("1w", "1970-01-04 23:59", "1969-12-29 00:00")]
    [InlineData("1w", "1970-01-05 00:00", "1970-01-05 00:00")]
    [InlineData("1M", "2024-02-29 23:59:59.999", "2024-02-01 00:00")]
    [InlineData("1M", "1970-01-01 00:00", "1970-01-01 00:00")]
    [InlineData("1m", "1969-12-31 23:59:59.999", "1969-12-31 23:59")]
    public void The_candle_of_an_instant_opens_before_it(string timeframe, string instant, string open) =>
        Assert.Equal(At(open), Timeframe.Parse(timeframe).Floor(At(instant)));

    [Theory]
    [InlineData("1h", "2024-02-29 23:00", "2024-03-01 00:00")]
    [InlineData("3d", "2024-02-28 00:00", "2024-03-02 00:00")]
    [InlineData("1w", "2024-12-30 00:00", "2025-01-06 00:00")]
    [InlineData("1M", "2024-02-01 00:00", "2024-03-01 00:00")] // a leap year
    [InlineData("1M", "2023-02-01 00:00", "2023-03-01 00:00")]
    [InlineData("1M", "2100-02-01 00:00", "2100-03-01 00:00")] // no leap year
    [InlineData("1M", "2024-12-01 00:00", "2025-01-01 00:00")]
    public void The_next_candle_opens_where_this_one_ends(string timeframe, string open, string next)
    {
        Assert.Equal(At(next), Timeframe.Parse(timeframe).Next(At(open)));
        Assert.Equal(At(next) - TimeSpan.FromMilliseconds(1), Timeframe.Parse(timeframe).CloseTimeOf(At(open)));
    }

    [Theory]
    [InlineData("1h", "2024-02-29 23:00", "2024-02-29 23:00")]
    [InlineData("1h", "2024-02-29 23:00:00.001", "2024-03-01 00:00")]
    [InlineData("1M", "2024-02-01 00:00:00.001", "2024-03-01 00:00")]
    public void The_first_candle_from_an_instant_on_opens_then_or_later(string timeframe, string instant, string open) =>
        Assert.Equal(At(open), Timeframe.Parse(timeframe).Ceiling(At(instant)));

    [Property]
    public void Every_instant_lies_in_exactly_one_candle(NonNegativeInt seconds, byte which)
    {
        var timeframe = Timeframe.All[which % Timeframe.All.Length];
        var instant = new Instant((seconds.Get * 100_000L) + 1);

        var open = timeframe.Floor(instant);
        Assert.True(open <= instant && instant <= timeframe.CloseTimeOf(open));
        Assert.Equal(open, timeframe.Floor(open));
        Assert.Equal(open, timeframe.Floor(timeframe.CloseTimeOf(open)));
        Assert.Equal(timeframe.Next(open), timeframe.Floor(timeframe.Next(open)));
        Assert.Equal(open, timeframe.Ceiling(open));
        Assert.True(!timeframe.DividesDay || open.UnixMilliseconds % (long)timeframe.NominalLength.TotalMilliseconds == 0);
    }

    [Property]
    public void A_candle_tells_its_timeframe(NonNegativeInt seconds, byte which)
    {
        var timeframe = Timeframe.All[which % Timeframe.All.Length];
        var open = timeframe.Floor(new(seconds.Get * 1000L));

        Assert.True(Timeframe.TryFromCandle(open, timeframe.CloseTimeOf(open), out var told));
        Assert.Equal(timeframe, told);
    }

    [Theory]
    [InlineData("2024-01-01 00:00", "2024-01-01 00:06:59.999")]
    [InlineData("2024-01-01 00:00", "2024-01-01 00:00")]
    [InlineData("2024-01-01 00:00", "2023-12-31 23:59:59.999")]
    [InlineData("2024-01-01 00:00", "2024-01-02 23:59:59.999")]
    [InlineData("2024-01-02 00:00", "2024-01-31 23:59:59.999")] // 30 days, but no month
    public void A_candle_of_another_length_has_no_timeframe(string open, string close) =>
        Assert.False(Timeframe.TryFromCandle(At(open), At(close), out _));

    [Fact]
    public void The_last_month_of_the_calendar_ends_with_it()
    {
        var month = Timeframe.Parse("1M");

        Assert.Equal(Instant.Max, month.CloseTimeOf(month.Floor(Instant.Max)));
        Assert.True(Timeframe.TryFromCandle(month.Floor(Instant.Max), Instant.Max, out var told));
        Assert.Equal(month, told);
    }

    private static Instant At(string text) =>
        Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
