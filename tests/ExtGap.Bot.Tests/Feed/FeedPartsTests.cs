using System.Net;
using System.Text;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;
using ExtGap.Shared;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Feed;

public sealed class FeedPartsTests
{
    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1.1)]
    public void Waits_double_from_a_second_to_a_minute_give_or_take_a_tenth(double random, double factor)
    {
        var backoff = new Backoff(() => random);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60 })
        {
            Assert.Equal(seconds * factor, backoff.Next().TotalSeconds, 6);
        }

        backoff.Reset();
        Assert.Equal(factor, backoff.Next().TotalSeconds, 6);
    }

    [Fact]
    public void The_exchanges_time_goes_on_with_the_local_clock_from_what_it_last_said()
    {
        var time = new FakeTimeProvider();
        var clock = new ExchangeClock(time);
        Assert.Null(clock.Now);

        clock.Observe(new(1_000_000));
        time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(new Instant(1_002_500), clock.Now);

        // An answer that was long on its way.
        clock.Observe(new(900_000));
        Assert.Equal(new Instant(1_002_500), clock.Now);
        clock.Observe(new(1_000_001));
        Assert.Equal(new Instant(1_000_001), clock.Now);
    }

    [Fact]
    public void A_flood_is_told_once_a_minute_with_its_count()
    {
        var time = new FakeTimeProvider();
        var warning = new RateLimit(time);
        Assert.True(warning.TryCount(out var count));
        Assert.Equal(1, count);
        for (var i = 0; i < 59; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(warning.TryCount(out _));
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(warning.TryCount(out count));
        Assert.Equal(60, count);
    }

    [Theory]
    [InlineData("wss://fstream.binance.com", "wss://fstream.binance.com/market/stream?streams=btcusdt@kline_1M")]
    [InlineData("wss://fstream.binance.com/", "wss://fstream.binance.com/market/stream?streams=btcusdt@kline_1M")]
    [InlineData("ws://127.0.0.1:9090/proxy/", "ws://127.0.0.1:9090/proxy/market/stream?streams=btcusdt@kline_1M")]
    public void The_streams_are_on_the_routed_path_in_lower_case_but_for_the_interval(string url, string expected) =>
        Assert.Equal(expected, Subscription("BTCUSDT").UrlOn(new(url)).AbsoluteUri);

    [Fact]
    public void Names_of_any_script_are_escaped()
    {
        var url = Subscription("BTCUSDT", "\u5e01\u5b89USDT").UrlOn(new("wss://x")).AbsoluteUri;
        Assert.Equal("wss://x/market/stream?streams=btcusdt@kline_1M/%E5%B8%81%E5%AE%89usdt@kline_1M", url);
    }

    [Fact]
    public void A_connection_takes_1024_streams_and_names_a_hundred_in_its_URL()
    {
        string[] names = [.. Enumerable.Range(0, 1025).Select(i => $"C{i}USDT")];
        var subscription = Subscription(names[..1024]);
        Assert.Equal(1024, subscription.Count);
        Assert.Equal(100, subscription.UrlOn(new("wss://x")).Query.Split('/').Length);
        Assert.Throws<ArgumentException>(() => Subscription(names));
    }

    [Theory]
    [InlineData(403, null, "<html>", "The exchange refuses this location (HTTP 403). Run the bot where the exchange is offered.")]
    [InlineData(451, null, "", "The exchange refuses this location (HTTP 451). Run the bot where the exchange is offered.")]
    [InlineData(429, 7, "{}", "The exchange asks for fewer requests (HTTP 429), to wait for 7 s.")]
    [InlineData(429, null, "{}", "The exchange asks for fewer requests (HTTP 429).")]
    [InlineData(418, 120, "", "The exchange has banned this address for a while (HTTP 418), to wait for 120 s.")]
    [InlineData(400, null, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", "The exchange answers HTTP 400: Invalid symbol. (-1121).")]
    [InlineData(500, null, "[]", "The exchange answers HTTP 500.")]
    [InlineData(502, null, "{\"code\":\"x\"}", "The exchange answers HTTP 502.")]
    [InlineData(503, null, "\u0001", "The exchange answers HTTP 503.")]
    public void An_answer_that_is_no_success_is_put_into_words(int status, int? retryAfter, string body, string expected)
    {
        TimeSpan? wait = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var error = ExchangeException.FromAnswer((HttpStatusCode)status, wait, Encoding.UTF8.GetBytes(body));

        Assert.Equal((expected, wait), (error.Message, error.RetryAfter));
    }

    private static StreamSubscription Subscription(params string[] names) =>
        new([.. names.Select((name, i) => (i, Symbol.Parse(name)))], Timeframe.Parse("1M"));
}
