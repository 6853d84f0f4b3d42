using ExtGap.Bot.Configuration;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0h", 0)]
    [InlineData("30s", 30)]
    [InlineData("90m", 5400)]
    [InlineData("24h", 86_400)]
    [InlineData("7d", 604_800)]
    public void A_duration_is_a_whole_number_and_a_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("7")]
    [InlineData("-1h")]
    [InlineData("+1h")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData(" 1h")]
    [InlineData("1h ")]
    [InlineData("1H")]
    [InlineData("1w")]
    [InlineData("1h30m")]
    [InlineData("99999999999d")]
    public void Anything_else_is_none(string text)
    {
        var error = Assert.Throws<FormatException>(() => Duration.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_number_of_days_is_a_very_long_time() => Assert.True(Duration.Parse("2147483647d") > TimeSpan.FromDays(10_000_000));

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T00:00:00.000+00:00")]
    [InlineData("2026-01-31T12:00Z", "2026-01-31T12:00:00.000+00:00")]
    [InlineData("2026-01-31T12:00", "2026-01-31T12:00:00.000+00:00")]
    [InlineData("2026-01-31 12:00:30", "2026-01-31T12:00:30.000+00:00")]
    [InlineData("2026-01-31T12:00:00.250+02:00", "2026-01-31T10:00:00.250+00:00")]
    [InlineData("7d", "2026-02-22T00:00:00.000+00:00")]
    [InlineData("0", "2026-03-01T00:00:00.000+00:00")]
    [InlineData("2147483647d", "1970-01-01T00:00:00.000+00:00")]
    public void A_starting_point_is_a_time_or_an_age(string text, string expected) =>
        Assert.Equal(expected, StartingPoint.Parse(text).At(Instant.From(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("1.5")]
    [InlineData("10:30")]
    [InlineData("3/4")]
    [InlineData("2026-02-30")]
    [InlineData("1969-12-31")]
    [InlineData("31.01.2026")]
    [InlineData("01/02/2026")]
    [InlineData("1767225600000")]
    public void What_could_mean_two_things_or_nothing_is_no_starting_point(string text) => Assert.Throws<FormatException>(() => StartingPoint.Parse(text));
}
