using System.Net;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class RestTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("symbol=NONEUSDT&interval=1m", """{"code":-1121,"msg":"Invalid symbol."}""")]
    [InlineData("symbol=testusdt&interval=1m", """{"code":-1121,"msg":"Invalid symbol."}""")]
    [InlineData("symbol=TESTUSDT&interval=7m", """{"code":-1120,"msg":"Invalid interval."}""")]
    [InlineData("symbol=TESTUSDT&interval=60m", """{"code":-1120,"msg":"Invalid interval."}""")]
    [InlineData("symbol=TESTUSDT&interval=1m&limit=0", """{"code":-1130,"msg":"Data sent for parameter 'limit' is not valid."}""")]
    [InlineData("symbol=TESTUSDT&interval=1m&limit=1501", """{"code":-1130,"msg":"Data sent for parameter 'limit' is not valid."}""")]
    [InlineData("symbol=TESTUSDT&interval=1m&startTime=today", """{"code":-1130,"msg":"Data sent for parameter 'startTime' is not valid."}""")]
    [InlineData("symbol=TESTUSDT&interval=1m&endTime=-1", """{"code":-1130,"msg":"Data sent for parameter 'endTime' is not valid."}""")]
    [InlineData("symbol=TESTUSDT&interval=1m&startTime=2&endTime=1", """{"code":-1023,"msg":"Start time is greater than end time."}""")]
    [InlineData("interval=1m", """{"code":-1102,"msg":"Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."}""")]
    [InlineData("symbol=TESTUSDT", """{"code":-1102,"msg":"Mandatory parameter 'interval' was not sent, was empty/null, or malformed."}""")]
    public async Task A_bad_request_for_klines_gets_the_exchanges_own_error(string query, string body)
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        var (response, answer) = await TestExchange.GetAsync(server, "/fapi/v1/klines?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(body, answer.GetRawText());
    }

    [Fact(Timeout = 60_000)]
    public async Task Rows_are_chosen_by_start_end_and_limit_as_Binance_does()
    {
        using var klines = SampleKlines.Minutes(2000);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { UpdateInterval = TimeSpan.FromMinutes(1) });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        var receiving = client.ReceiveAllAsync();
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1500, 500, 1999), await RangeAsync(server, "1m", ""));
        Assert.Equal((1999, 1, 1999), await RangeAsync(server, "1m", "&limit=1"));
        Assert.Equal((0, 1500, 1499), await RangeAsync(server, "1m", "&limit=1500&startTime=0"));
        Assert.Equal((1, 500, 500), await RangeAsync(server, "1m", $"&startTime={SampleKlines.Start + 1}"));
        Assert.Equal((10, 11, 20), await RangeAsync(server, "1m", $"&startTime={At(10)}&endTime={At(20)}"));
        Assert.Equal((19, 2, 20), await RangeAsync(server, "1m", $"&endTime={At(21) - 1}&limit=2"));
        Assert.Equal((15, 2, 20), await RangeAsync(server, "5m", $"&startTime={At(11)}&endTime={At(24)}"));
        Assert.Equal((15, 2, 20), await RangeAsync(server, "5m", $"&endTime={At(22)}&limit=2"));
        Assert.Empty(await TestExchange.KlinesAsync(server, "1m", $"&startTime={At(2000)}"));
        Assert.Empty(await TestExchange.KlinesAsync(server, "1m", $"&endTime={SampleKlines.Start - 1}"));
        await server.StopAsync(isEnd: true);
        await receiving;
    }

    [Fact(Timeout = 30_000)]
    public async Task Weight_adds_up_and_beyond_2400_a_minute_comes_429()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        Assert.Equal("1", await WeightAsync(server, "&limit=100"));
        Assert.Equal("3", await WeightAsync(server, "&limit=101"));
        Assert.Equal("5", await WeightAsync(server, ""));
        Assert.Equal("10", await WeightAsync(server, "&limit=1000"));
        Assert.Equal("20", await WeightAsync(server, "&limit=1001"));
        for (var i = 0; i < 238; i++)
        {
            await WeightAsync(server, "&limit=1500");
        }

        var (response, body) = await TestExchange.GetAsync(server, "/fapi/v1/ping");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(-1003, body.GetProperty("code").GetInt32());
    }

    [Fact(Timeout = 30_000)]
    public async Task The_exchange_tells_its_symbols_with_the_tick_size_of_the_file()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        var (_, info) = await TestExchange.GetAsync(server, "/fapi/v1/exchangeInfo");
        Assert.Equal("UTC", info.GetProperty("timezone").GetString());
        Assert.Equal(SampleKlines.Start, info.GetProperty("serverTime").GetInt64());
        var symbol = Assert.Single(info.GetProperty("symbols").EnumerateArray());
        Assert.Equal("TESTUSDT PERPETUAL TRADING TEST USDT USDT", string.Join(
            ' ', new[] { "symbol", "contractType", "status", "baseAsset", "quoteAsset", "marginAsset" }.Select(name => symbol.GetProperty(name).GetString())));
        Assert.Equal(2, symbol.GetProperty("pricePrecision").GetInt32());
        Assert.Equal(3, symbol.GetProperty("quantityPrecision").GetInt32());
        Assert.Equal("0.10", symbol.GetProperty("filters")[0].GetProperty("tickSize").GetString());
        Assert.Equal("0.001", symbol.GetProperty("filters")[1].GetProperty("stepSize").GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task Time_ping_and_unknown_paths_are_answered()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        Assert.Equal($$"""{"serverTime":{{SampleKlines.Start}}}""", (await TestExchange.GetAsync(server, "/fapi/v1/time")).Body.GetRawText());
        Assert.Equal("{}", (await TestExchange.GetAsync(server, "/fapi/v1/ping")).Body.GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await TestExchange.GetAsync(server, "/fapi/v9/nothing")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await TestExchange.GetAsync(server, "/")).Response.StatusCode);
    }

    private static long At(int minute) => SampleKlines.Start + (minute * 60_000L);

    private static async Task<string> WeightAsync(ExchangeServer server, string more)
    {
        var (response, _) = await TestExchange.GetAsync(server, "/fapi/v1/klines?symbol=TESTUSDT&interval=1m" + more);
        return Assert.Single(response.Headers.GetValues("X-MBX-USED-WEIGHT-1M"));
    }

    private static async Task<(int First, int Count, int Last)> RangeAsync(ExchangeServer server, string interval, string more)
    {
        var rows = await TestExchange.KlinesAsync(server, interval, more);
        int Minute(int row) => (int)((rows[row][0].GetInt64() - SampleKlines.Start) / 60_000);
        return (Minute(0), rows.Count, Minute(rows.Count - 1));
    }
}
