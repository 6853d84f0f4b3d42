using System.Text;
using System.Text.Json;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Feed;

public sealed class RestKlinesTests
{
    private const string Row = """[1499040000000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.11427815",1499040059999,"2434.19055334",308,"1756.87402397","28.46694368","0"]""";

    [Fact]
    public void A_row_is_read()
    {
        var expected = new Candle(
            new(1_499_040_000_000),
            new(1_499_040_059_999),
            Price.Parse("0.01634790"),
            Price.Parse("0.80000000"),
            Price.Parse("0.01575800"),
            Price.Parse("0.01577100"),
            148976.11427815m);

        Assert.Equal(expected, Assert.Single(Parse($"[{Row}]")));
    }

    [Fact]
    public void Rows_may_have_fewer_or_more_columns_behind_the_close_time_and_there_may_be_none()
    {
        Assert.Empty(Parse("[]"));
        Assert.Single(Parse($"[{Row[..^1]},{{\"new\":[1,2]}},null]]"));
        Assert.Single(Parse("""[[1499040000000,"1","1","1","1","0",1499040059999]]"""));
    }

    [Fact]
    public void Holes_between_rows_are_left_to_the_reader() =>
        Assert.Equal([0, 1, 5], Parse($"[{Frames.Row(0)},{Frames.Row(1)},{Frames.Row(5)}]").Select(candle => Minutes.NumberOf(candle.OpenTime)));

    [Theory]
    [InlineData("0.01634790", "0.81")]
    [InlineData("0.01575800", "0.02")]
    [InlineData("0.01634790", "0")]
    [InlineData("0.01634790", "-1")]
    [InlineData("0.01634790", "1e5")]
    [InlineData("0.01634790", "0.016347901")]
    [InlineData("\"0.01634790\"", "0.01634790")]
    [InlineData("\"0.01634790\"", "null")]
    [InlineData("148976.11427815", "-1")]
    [InlineData("1499040059999", "1499040060000")]
    [InlineData("1499040000000", "\"1499040000000\"")]
    [InlineData("1499040000000", "-60000")]
    [InlineData("1499040000000", "9223372036854775807")]
    [InlineData("1499040000000", "99999999999999999999")]
    [InlineData("1499040000000", "1.5")]
    public void A_row_with_something_absurd_in_it_is_refused(string good, string bad) => AssertRefused($"[{Row.Replace(good, bad, StringComparison.Ordinal)}]");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}")]
    [InlineData("<html></html>")]
    [InlineData("[[]]")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    public void What_is_no_list_of_rows_is_refused(string text) => AssertRefused(text);

    [Fact]
    public void Rows_out_of_order_or_twice_are_refused()
    {
        AssertRefused($"[{Frames.Row(1)},{Frames.Row(0)}]");
        AssertRefused($"[{Frames.Row(1)},{Frames.Row(1)}]");
    }

    [Fact]
    public void An_answer_cut_short_anywhere_is_refused()
    {
        var text = $"[{Frames.Row(0)},{Frames.Row(1)}]";
        for (var length = 0; length < text.Length; length++)
        {
            AssertRefused(text[..length]);
        }

        AssertRefused(text + "x");
    }

    private static List<Candle> Parse(string text) => RestKlines.Parse(Encoding.UTF8.GetBytes(text), Timeframe.Parse("1m"));

    private static void AssertRefused(string text)
    {
        var error = Assert.ThrowsAny<Exception>(() => Parse(text));
        Assert.True(error is JsonException or FormatException or InvalidOperationException, error.ToString());
    }
}
