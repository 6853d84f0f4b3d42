using System.Net;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class RestFaultTests
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 30_000)]
    [InlineData("rest-429", 429, 1, "{\"code\":-1003,\"msg\":\"Too many requests;")]
    [InlineData("rest-429=20", 429, 20, "{\"code\":-1003,\"msg\":\"Too many requests;")]
    [InlineData("rest-418=120", 418, 120, "{\"code\":-1003,\"msg\":\"Way too many requests; IP(127.0.0.1) banned until ")]
    [InlineData("rest-403", 403, null, "<!DOCTYPE html>")]
    [InlineData("rest-451", 451, null, "<!DOCTYPE html>")]
    [InlineData("rest-500", 500, null, "{\"code\":-1000,\"msg\":\"An unknown error occurred while processing the request.\"}")]
    public async Task A_request_is_refused_as_often_as_the_fault_says(string fault, int status, int? retryAfter, string body)
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Faults = [fault + ",times=2"] });
        foreach (var path in (string[])["/fapi/v1/klines?symbol=TESTUSDT&interval=1m", "/fapi/v1/time"])
        {
            using var response = await Http.GetAsync(new Uri(server.Address, path), Cancelled);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(retryAfter, (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
            Assert.StartsWith(body, await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
            Assert.Equal(body[0] is '<' ? "text/html" : "application/json", response.Content.Headers.ContentType!.MediaType);
        }

        Assert.Equal(HttpStatusCode.OK, (await TestExchange.GetAsync(server, "/fapi/v1/time")).Response.StatusCode);
        var (_, faults) = await TestExchange.GetAsync(server, "/control/faults");
        Assert.Empty(faults.GetProperty("active").EnumerateArray());
        Assert.Equal(2, faults.GetProperty("injected").GetProperty(fault.Split('=')[0]).GetInt32());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("rest-half")]
    [InlineData("rest-closed")]
    [InlineData("rest-no-answer,for=2s")]
    public async Task An_answer_that_breaks_off_or_never_comes_is_a_fault_of_the_network(string fault)
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Faults = [fault] });
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync(new Uri(server.Address, "/fapi/v1/exchangeInfo"), Cancelled));
        await TestExchange.ClearAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await TestExchange.GetAsync(server, "/fapi/v1/exchangeInfo")).Response.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task Half_of_an_answer_is_the_first_half()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        var whole = await Http.GetStringAsync(new Uri(server.Address, "/fapi/v1/exchangeInfo"), Cancelled);
        await TestExchange.SetAsync(server, "rest-half");
        using var response = await Http.GetAsync(new Uri(server.Address, "/fapi/v1/exchangeInfo"), HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        await using var body = await response.Content.ReadAsStreamAsync(Cancelled);
        using var received = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received, Cancelled));
        Assert.StartsWith(System.Text.Encoding.UTF8.GetString(received.ToArray()), whole, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_slow_answer_is_the_right_one()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Faults = ["rest-slow=300ms"] });
        var since = TimeProvider.System.GetTimestamp();
        Assert.Equal($$"""{"serverTime":{{SampleKlines.Start}}}""", (await TestExchange.GetAsync(server, "/fapi/v1/time")).Body.GetRawText());
        Assert.True(TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromMilliseconds(280));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_newest_candles_are_not_there_yet()
    {
        using var klines = SampleKlines.Minutes(20);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Start = new(SampleKlines.Start + (10 * 60_000) + 1), WaitFor = 2 });
        Assert.Equal(11, (await TestExchange.KlinesAsync(server, "1m")).Count);
        await TestExchange.SetAsync(server, "rest-lag=2");
        Assert.Equal(8, (await TestExchange.KlinesAsync(server, "1m")).Count);
        Assert.Equal(8, (await TestExchange.KlinesAsync(server, "1m", "&startTime=0")).Count);
        Assert.Empty(await TestExchange.KlinesAsync(server, "5m"));
        Assert.Empty(await TestExchange.KlinesAsync(server, "1m", $"&startTime={SampleKlines.Start + (8 * 60_000)}"));
        await TestExchange.SetAsync(server, "rest-lag,times=1");
        Assert.Equal(9, (await TestExchange.KlinesAsync(server, "1m")).Count);
        Assert.Equal(11, (await TestExchange.KlinesAsync(server, "1m")).Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_time_that_is_told_may_be_too_early()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Faults = ["rest-stale-time=7s"] });
        Assert.Equal($$"""{"serverTime":{{SampleKlines.Start - 7000}}}""", (await TestExchange.GetAsync(server, "/fapi/v1/time")).Body.GetRawText());
        Assert.Equal(SampleKlines.Start - 7000, (await TestExchange.GetAsync(server, "/fapi/v1/exchangeInfo")).Body.GetProperty("serverTime").GetInt64());
    }
}
