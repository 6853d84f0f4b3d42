using ExtGap.Bot.Strategy;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Strategy;

public sealed class ReportScheduleTests
{
    [Fact]
    public void The_candle_that_ends_at_a_boundary_makes_it_due_at_once()
    {
        var schedule = Schedule("3m", 30);

        Assert.Null(schedule.CandleClosed(At("12:27")));
        Assert.Equal(At("12:30"), schedule.CandleClosed(At("12:30")));
    }

    [Fact]
    public void A_candle_that_never_comes_is_waited_for_through_the_grace_and_no_longer()
    {
        var schedule = Schedule("3m", 30);

        Assert.Null(schedule.Tick(At("12:29:59.999")));
        Assert.Null(schedule.Tick(At("12:30")));
        Assert.Null(schedule.Tick(At("12:30:29.999")));
        Assert.Equal(At("12:30"), schedule.Tick(At("12:30:30")));
    }

    [Fact]
    public void A_boundary_is_told_once_whether_the_candle_or_the_time_comes_first()
    {
        var schedule = Schedule("3m", 30);
        schedule.Told(At("12:30"));

        Assert.Null(schedule.CandleClosed(At("12:30")));
        Assert.Null(schedule.Tick(At("12:59:59")));
        Assert.Null(schedule.CandleClosed(At("12:57")));
        Assert.Equal(At("13:00"), schedule.CandleClosed(At("13:00")));
    }

    [Fact]
    public void Of_several_boundaries_that_passed_only_the_last_is_due()
    {
        var schedule = Schedule("3m", 30);

        Assert.Equal(At("17:00"), schedule.Tick(At("17:21")));
        schedule.Told(At("17:00"));
        Assert.Null(schedule.Tick(At("17:29")));
    }

    [Theory]
    [InlineData("1h", 30, "12:30")] // In the middle of a candle.
    [InlineData("45m", 60, "13:00")] // 12:45 and 13:30 are the nearest ends.
    [InlineData("15m", 7, "12:05")] // The minute counts since the epoch, 7 do not divide a day.
    public void A_boundary_at_which_no_candle_ends_waits_for_none(string timeframe, int minutes, string boundary)
    {
        var start = At(boundary);
        if (minutes == 7)
        {
            start = new(start.UnixMilliseconds - (start.UnixMilliseconds % (7 * 60_000)));
        }

        var schedule = new ReportSchedule(TimeSpan.FromMinutes(minutes), Timeframe.Parse(timeframe), new(start.UnixMilliseconds - 1));

        Assert.Equal(start, schedule.Tick(start));
    }

    [Theory]
    [InlineData("1d")]
    [InlineData("3d")]
    [InlineData("1w")]
    [InlineData("1M")]
    public void A_long_candle_that_may_end_at_a_boundary_is_waited_for(string timeframe)
    {
        var midnight = Telegram.Some.Time("2025-12-01 00:00"); // A Monday, the first of a month.
        var schedule = new ReportSchedule(TimeSpan.FromHours(1), Timeframe.Parse(timeframe), midnight + TimeSpan.FromHours(-1));

        Assert.Null(schedule.Tick(midnight + TimeSpan.FromSeconds(29)));
        Assert.Equal(midnight, schedule.Tick(midnight + TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void While_missed_candles_come_nothing_is_due_until_they_have_stopped_coming_for_the_grace()
    {
        var schedule = Schedule("3m", 30);
        schedule.CatchingUp(At("17:20"));
        schedule.CatchingUp(At("17:20:20"));

        Assert.Null(schedule.Tick(At("17:20:49.999")));
        Assert.Equal(At("17:00"), schedule.Tick(At("17:20:50")));
        Assert.Equal(At("17:00"), schedule.CandleClosed(At("17:21")));
    }

    private static ReportSchedule Schedule(string timeframe, int minutes) =>
        new(TimeSpan.FromMinutes(minutes), Timeframe.Parse(timeframe), At("12:00"));

    private static Instant At(string time) => Telegram.Some.Time($"2025-11-11 {time}");
}
