using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Tests.Presentation;

public sealed class WordsOfNumbers
{
    [Theory]
    [InlineData(-1, "0s")]
    [InlineData(59.9, "59s")]
    [InlineData(60, "1m00s")]
    [InlineData(3599, "59m59s")]
    [InlineData(3600, "1h00m")]
    [InlineData(86399, "23h59m")]
    [InlineData(86400, "1d00h")]
    [InlineData(40_000_000, "462d23h")]
    public void A_span_has_two_units(double seconds, string expected) => Assert.Equal(expected, Words.Span(seconds));

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(999, "999B")]
    [InlineData(1500, "2kB")]
    [InlineData(9_840_000, "9.8MB")]
    [InlineData(31_400_000, "31MB")]
    [InlineData(1_250_000_000, "1.25GB")]
    public void Bytes_are_decimal(long bytes, string expected) => Assert.Equal(expected, Words.Bytes(bytes));

    [Fact]
    public void A_close_time_is_the_full_minute_after_it() =>
        Assert.Equal("03-01 12:03Z", Words.Minute(new DateTimeOffset(2026, 3, 1, 14, 2, 59, 999, TimeSpan.FromHours(2))));

    [Fact]
    public void A_list_ends_with_and() => Assert.Equal("3m, 15m and 1h", Words.List(["3m", "15m", "1h"]));
}
