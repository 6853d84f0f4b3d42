using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Market;

public sealed class TimeframeTests
{
    [Theory]
    [InlineData("1m", "1m", "1m")]
    [InlineData("2m", "2m", "1m")]
    [InlineData("3m", "3m", "3m")]
    [InlineData("4m", "4m", "1m")]
    [InlineData("9m", "9m", "3m")]
    [InlineData("10m", "10m", "5m")]
    [InlineData("16m", "16m", "1m")]
    [InlineData("20m", "20m", "5m")]
    [InlineData("45m", "45m", "15m")]
    [InlineData("60m", "1h", "1h")]
    [InlineData("90m", "90m", "30m")]
    [InlineData("120m", "2h", "2h")]
    [InlineData("180m", "3h", "1h")]
    [InlineData("3h", "3h", "1h")]
    [InlineData("4h", "4h", "4h")]
    [InlineData("8h", "8h", "8h")]
    [InlineData("480m", "8h", "8h")]
    [InlineData("12h", "12h", "12h")]
    [InlineData("24h", "1d", "1d")]
    [InlineData("1440m", "1d", "1d")]
    [InlineData("1d", "1d", "1d")]
    [InlineData("72h", "3d", "3d")]
    [InlineData("3d", "3d", "3d")]
    [InlineData("7d", "1w", "1w")]
    [InlineData("1w", "1w", "1w")]
    [InlineData("1M", "1M", "1M")]
    public void A_timeframe_is_read_named_and_built_from_the_largest_native_one(string text, string name, string source)
    {
        Assert.True(Timeframe.TryParse(text, out var timeframe));

        Assert.Equal(name, timeframe.ToString());
        Assert.Equal(source, timeframe.Source.ToString());
        Assert.Equal(string.Equals(name, source, StringComparison.Ordinal), timeframe.IsNative);
        Assert.True(timeframe.CanBeBuiltFrom(timeframe.Source));
        Assert.Equal(timeframe, Timeframe.Parse(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("5")]
    [InlineData("7m")]
    [InlineData("0m")]
    [InlineData("00m")]
    [InlineData("03m")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5m ")]
    [InlineData("5m\n")]
    [InlineData("1.5h")]
    [InlineData("1s")]
    [InlineData("abc")]
    [InlineData("1H")]
    [InlineData("1D")]
    [InlineData("1W")]
    [InlineData("2d")]
    [InlineData("48h")]
    [InlineData("2w")]
    [InlineData("14d")]
    [InlineData("2M")]
    [InlineData("30d")]
    [InlineData("720h")]
    [InlineData("43200m")]
    [InlineData("5h")]
    [InlineData("1mo")]
    [InlineData("99999m")]
    [InlineData("99999w")]
    [InlineData("99999999m")]
    [InlineData("٣m")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(Timeframe.TryParse(text, out var timeframe));
        Assert.Equal(default, timeframe);
    }

    [Fact]
    public void A_refusal_shows_what_was_asked_and_lists_what_is_possible()
    {
        var message = Assert.Throws<FormatException>(() => Timeframe.Parse("7m")).Message;

        Assert.Contains("'7m'", message, StringComparison.Ordinal);
        Assert.Contains("1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M", message, StringComparison.Ordinal);
        Assert.Contains(" 90m ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_timeframe_reads_back_from_its_name_and_from_its_length_in_minutes()
    {
        Assert.Equal(Timeframe.All, Timeframe.All.Order());
        Assert.Equal(Timeframe.All, Timeframe.All.Select(timeframe => Timeframe.Parse(timeframe.ToString())));
        foreach (var minutes in Enumerable.Range(1, 1440))
        {
            var possible = Timeframe.TryParse($"{minutes}m", out var timeframe);
            Assert.Equal(1440 % minutes == 0, possible);
            Assert.True(!possible || timeframe.NominalLength == TimeSpan.FromMinutes(minutes));
        }
    }

    [Fact]
    public void No_two_file_names_are_one_where_capitals_do_not_count()
    {
        Assert.Equal("1mo", Timeframe.Parse("1M").FileName);
        Assert.Equal("1m", Timeframe.Parse("1m").FileName);
        Assert.Distinct(Timeframe.All.Select(timeframe => timeframe.FileName), StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("1h", "1m", true)]
    [InlineData("1h", "1h", true)]
    [InlineData("1h", "2h", false)]
    [InlineData("1h", "45m", false)]
    [InlineData("90m", "1h", false)]
    [InlineData("1w", "1h", true)]
    [InlineData("1w", "3d", false)]
    [InlineData("1M", "1d", true)]
    [InlineData("1M", "1w", false)]
    [InlineData("3d", "1d", true)]
    public void A_timeframe_is_built_from_one_that_divides_it(string target, string source, bool possible) =>
        Assert.Equal(possible, Timeframe.Parse(target).CanBeBuiltFrom(Timeframe.Parse(source)));

    [Fact]
    public void Timeframes_compare_by_their_length()
    {
        var (hour, day) = (Timeframe.Parse("1h"), Timeframe.Parse("1d"));

        Assert.True(hour < day && day > hour && hour <= day && day >= hour);
        Assert.False(day < hour || hour > day || day <= hour || hour >= day);
    }
}
