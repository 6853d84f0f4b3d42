using System.Globalization;
using System.Text.Json;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class CandleStreamTests
{
    private const int Minutes = 75;

    private static bool IsHole(int minute) => minute is 4 or (>= 15 and < 20) or 29 or 44;

    [Theory(Timeout = 60_000)]
    [InlineData("1m")]
    [InlineData("3m")]
    [InlineData("5m")]
    [InlineData("15m")]
    public async Task Every_candle_goes_its_way_to_its_end_before_the_next_one_begins(string interval)
    {
        var frames = await PlayAsync(interval, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2));
        JsonElement? before = null;
        var eventTime = 0L;
        foreach (var frame in frames)
        {
            var candle = frame.GetProperty("k");
            Assert.True(frame.GetProperty("E").GetInt64() >= eventTime);
            eventTime = frame.GetProperty("E").GetInt64();
            AssertConsistent(candle);
            if (before is { } last)
            {
                AssertFollows(last, candle);
            }

            if (candle.GetProperty("x").GetBoolean())
            {
                Assert.Equal(candle.GetProperty("T").GetInt64() + 2001, eventTime);
            }
            else
            {
                Assert.True(eventTime <= candle.GetProperty("T").GetInt64());
            }

            before = candle;
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("1m", 0)]
    [InlineData("1m", 2000)]
    [InlineData("1m", 90_000)]
    [InlineData("3m", 2000)]
    [InlineData("5m", 0)]
    [InlineData("15m", 2000)]
    [InlineData("30m", 2000)]
    [InlineData("1h", 2000)]
    public async Task Stream_and_REST_agree_byte_for_byte_on_every_closed_candle(string interval, int closeDelay)
    {
        using var klines = SampleKlines.Minutes(Minutes, IsHole);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { CloseDelay = TimeSpan.FromMilliseconds(closeDelay) });
        using var client = await StreamClient.ConnectAsync(server, $"/market/ws/testusdt@kline_{interval}");
        var receiving = client.ReceiveAllAsync();
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        var end = SampleKlines.Start + (Minutes * 60_000L);
        var rows = await TestExchange.KlinesAsync(server, interval);
        await server.StopAsync(isEnd: true);
        var closed = (await receiving).Select(frame => frame.GetProperty("k")).Where(candle => candle.GetProperty("x").GetBoolean()).ToList();
        var expected = rows.Where(row => row[6].GetInt64() < end).Select(row => row.GetRawText()).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, closed.ConvertAll(ToRow), StringComparer.Ordinal);
        if (interval is "1m")
        {
            var lines = Enumerable.Range(0, Minutes).Where(minute => !IsHole(minute)).Select(SampleKlines.Line);
            Assert.Equal(lines, rows.Select(row => string.Join(',', row.EnumerateArray().Select(field => field.ToString()))), StringComparer.Ordinal);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_candle_that_the_file_leaves_unfinished_never_closes()
    {
        using var klines = SampleKlines.Minutes(7);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { CloseDelay = TimeSpan.FromMinutes(5) });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_5m");
        var receiving = client.ReceiveAllAsync();
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Single(await TestExchange.KlinesAsync(server, "5m"));
        await server.StopAsync(isEnd: true);
        Assert.Equal(1, (await receiving).Count(frame => frame.GetProperty("k").GetProperty("x").GetBoolean()));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_coarse_interval_shows_the_beginning_of_every_candle()
    {
        var frames = await PlayAsync("1m", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(2));
        Assert.Equal(2 * Enumerable.Range(0, Minutes).Count(minute => !IsHole(minute)), frames.Count);
        Assert.Equal(frames.Where((_, i) => i % 2 == 1), frames.Where(frame => frame.GetProperty("k").GetProperty("x").GetBoolean()));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_frame_has_all_fields_in_the_types_that_Binance_gives_them()
    {
        var frames = await PlayAsync("1m", TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2));
        Assert.Equal(
            """{"e":"kline","E":1735689600000,"s":"TESTUSDT","k":{"t":1735689600000,"T":1735689659999,"s":"TESTUSDT","i":"1m","f":1,"L":1,"o":"100.00","c":"100.00","h":"100.00","l":"100.00","v":"1.500","n":1,"x":false,"q":"150.0000","V":"0.750","Q":"75.0000","B":"0"}}""",
            frames[0].GetRawText());
    }

    private static async Task<List<JsonElement>> PlayAsync(string interval, TimeSpan updateInterval, TimeSpan closeDelay)
    {
        using var klines = SampleKlines.Minutes(Minutes, IsHole);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { UpdateInterval = updateInterval, CloseDelay = closeDelay });
        using var client = await StreamClient.ConnectAsync(server, $"/market/ws/testusdt@kline_{interval}");
        var receiving = client.ReceiveAllAsync();
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(isEnd: true);
        return await receiving;
    }

    private static void AssertFollows(JsonElement last, JsonElement next)
    {
        if (last.GetProperty("x").GetBoolean())
        {
            Assert.True(next.GetProperty("t").GetInt64() > last.GetProperty("T").GetInt64());
            return;
        }

        Assert.Equal(last.GetProperty("t").GetInt64(), next.GetProperty("t").GetInt64());
        Assert.Equal(last.GetProperty("o").GetString(), next.GetProperty("o").GetString());
        Assert.True(Number(next, "h") >= Number(last, "h"));
        Assert.True(Number(next, "l") <= Number(last, "l"));
        Assert.All(["v", "q", "V", "Q"], name => Assert.True(Number(next, name) >= Number(last, name)));
        Assert.True(next.GetProperty("n").GetInt64() >= last.GetProperty("n").GetInt64());
    }

    private static void AssertConsistent(JsonElement candle)
    {
        Assert.InRange(Number(candle, "c"), Number(candle, "l"), Number(candle, "h"));
        Assert.InRange(Number(candle, "o"), Number(candle, "l"), Number(candle, "h"));
        Assert.Equal(candle.GetProperty("n").GetInt64(), candle.GetProperty("L").GetInt64() - candle.GetProperty("f").GetInt64() + 1);
        Assert.Equal(0, Number(candle, "c") % 0.10m);
    }

    private static decimal Number(JsonElement candle, string name) => decimal.Parse(candle.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static string ToRow(JsonElement candle)
    {
        string Raw(string name) => candle.GetProperty(name).GetRawText();
        return $"[{Raw("t")},{Raw("o")},{Raw("h")},{Raw("l")},{Raw("c")},{Raw("v")},{Raw("T")},{Raw("q")},{Raw("n")},{Raw("V")},{Raw("Q")},\"0\"]";
    }
}
