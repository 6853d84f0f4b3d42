using ExtGap.Bot.Configuration;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

public sealed class BinanceFeedTests
{
    [Fact(Timeout = 20_000)]
    public async Task A_new_ledger_starts_with_the_candle_that_is_open_and_follows_the_stream()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 10.4 };
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl);
        await run.Log.WaitForAsync("fetched 0");
        exchange.Send(Frames.Minute(9, isClosed: true));
        exchange.Send(Frames.Minute(10, isClosed: false));
        exchange.Send(Frames.Minute(10, isClosed: true));
        exchange.Send(Frames.Minute(11, isClosed: false));

        Assert.Equal("open 10, close 10, open 11", string.Join(", ", await run.NextAsync(3)));
        Assert.Empty(run.Log.Warnings);
    }

    [Fact(Timeout = 20_000)]
    public async Task What_was_missed_is_fetched_page_by_page_before_the_stream_goes_on()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 4000.5 };
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 9);
        exchange.Send(Frames.Minute(4000, isClosed: false));
        var updates = await run.NextAsync(3991);

        Assert.Equal(string.Join(',', Enumerable.Range(10, 3990).Select(minute => $"close {minute}").Append("open 4000")), string.Join(',', updates));
        Assert.Equal(3, exchange.Count("/fapi/v1/klines"));
        Assert.Empty(run.Log.Warnings);
    }

    [Fact(Timeout = 20_000)]
    public async Task Since_starts_a_new_ledger_by_REST()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 10.5 };
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, since: StartingPoint.Parse("3m"));

        Assert.Equal("close 8, close 9", string.Join(", ", await run.NextAsync(2)));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_lost_close_is_fetched_when_the_next_candle_shows_and_a_hole_is_told_once()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 0.2 };
        exchange.Holes.Add(2);
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl);
        await run.Log.WaitForAsync("fetched 0");
        exchange.Now = 1.2;
        exchange.Send(Frames.Minute(1, isClosed: false));
        Assert.Equal("close 0, open 1", string.Join(", ", await run.NextAsync(2)));
        exchange.Now = 4.1;
        exchange.Send(Frames.Minute(1, isClosed: true));
        exchange.Send(Frames.Minute(3, isClosed: true));

        Assert.Equal("close 1, close 3", string.Join(", ", await run.NextAsync(2)));
        Assert.Equal(1, run.Log.Count("the exchange has no candle of 1m"));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_stream_that_closes_nothing_is_replaced_by_REST_five_seconds_after_each_end()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 0.9 };
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl);
        await run.Log.WaitForAsync("fetched 0");
        exchange.Now = 2.05;
        exchange.Send(Frames.Minute(0, isClosed: false, trades: 0, eventMinute: 1.001));
        await run.AdvanceUntilAsync(() => run.Log.Count("fetched 2") > 0);

        Assert.Equal("close 0, close 1", string.Join(", ", await run.NextAsync(2)));
    }

    [Fact(Timeout = 20_000)]
    public async Task An_unknown_symbol_can_never_work_and_is_named()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken);
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, symbols: "BTCUSDT,BTCUSD,XUSDT");
        var error = await Assert.ThrowsAsync<BotException>(() => run.Running);

        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains("no BTCUSD, XUSDT among its 2", error.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_symbol_that_a_ledger_has_followed_is_asked_for_again_where_an_answer_lacks_it()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 2.5 };
        var complete = exchange.Symbols;
        exchange.Symbols = ["ETHUSDT"];
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 0);
        await run.AdvanceUntilAsync(() => run.Log.Count("no BTCUSDT among its 1") >= 3);
        exchange.Symbols = complete;
        await run.AdvanceUntilAsync(() => run.Log.Count("fetched 1") > 0);

        Assert.Equal("close 1", await run.NextAsync());
    }

    [Fact(Timeout = 20_000)]
    public async Task A_symbol_that_is_gone_for_good_can_never_work_even_with_a_ledger()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 2.5, Symbols = ["ETHUSDT"] };
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 0);
        await run.AdvanceUntilAsync(() => false);
        var error = await Assert.ThrowsAsync<BotException>(() => run.Running);

        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Equal(6, exchange.Count("exchangeInfo"));
    }

    [Fact(Timeout = 20_000)]
    public async Task An_exchange_that_is_not_there_yet_is_waited_for()
    {
        int port;
        await using (var first = new LoopbackServer(TestContext.Current.CancellationToken))
        {
            port = first.Port;
        }

        await using var run = new FeedRun(new($"ws://127.0.0.1:{port}"), new($"http://127.0.0.1:{port}"), after: 0);
        await run.AdvanceUntilAsync(() => run.Log.Count("The exchange does not answer yet") >= 3);
        Assert.Contains("can't be reached", run.Log.Warnings[0], StringComparison.Ordinal);

        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken, port) { Now = 2.5 };
        await run.AdvanceUntilAsync(() => run.Log.Count("fetched 1") > 0);
        Assert.Equal("close 1", await run.NextAsync());
    }

    [Theory(Timeout = 20_000)]
    [InlineData(200, "<html>welcome</html>", "can't be read")]
    [InlineData(200, "{\"symbols\":null}", "can't be read")]
    [InlineData(200, "{\"symbols\":[]}", "no contracts at all")]
    [InlineData(200, "{\"symbols\":[null]}", "no contracts at all")]
    [InlineData(200, "{\"symbols\":[{\"symbol\":null}]}", "can't be read")]
    [InlineData(200, "{\"serverTime\":-5}", "can't be read")]
    [InlineData(403, "<html>no</html>", "refuses this location (HTTP 403)")]
    [InlineData(451, "", "refuses this location (HTTP 451)")]
    [InlineData(400, "{\"code\":-1100,\"msg\":\"Illegal characters\"}", "HTTP 400: Illegal characters (-1100)")]
    [InlineData(503, "", "HTTP 503")]
    public async Task An_exchange_that_answers_with_something_else_is_waited_for_too(int status, string body, string expected)
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 2.5 };
        var broken = true;
        exchange.Instead = _ => Task.FromResult<(int, string, string)?>(broken ? (status, string.Empty, body) : null);
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 0);
        await run.AdvanceUntilAsync(() => run.Log.Warnings.Length > 0);
        Assert.Contains(expected, run.Log.Warnings[0], StringComparison.Ordinal);
        broken = false;
        await run.AdvanceUntilAsync(() => run.Log.Count("fetched 1") > 0);
        Assert.Equal("close 1", await run.NextAsync());
    }
}
