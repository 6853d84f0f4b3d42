using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

public sealed class BinanceFeedFaultTests
{
    [Fact(Timeout = 20_000)]
    public async Task A_ban_of_one_contracts_requests_holds_for_all_of_them()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 5.5, Symbols = ["A1USDT", "A2USDT", "A3USDT", "A4USDT", "A5USDT", "A6USDT"] };
        var banned = true;
        exchange.Instead = path => Task.FromResult<(int, string, string)?>(banned && path.Contains("klines", StringComparison.Ordinal) ? (429, "Retry-After: 300\r\n", "{}") : null);
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 3, symbols: string.Join(',', exchange.Symbols));
        await run.Log.WaitForAsync("to wait for 300 s");
        await run.AdvanceUntilAsync(() => run.Log.Count("klines can't be fetched") >= 6);
        var asked = exchange.Count("klines");
        Assert.InRange(asked, 1, 4);
        for (var second = 0; second < 200; second += 10)
        {
            run.Time.Advance(TimeSpan.FromSeconds(10));
            await Wait.BrieflyAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(asked, exchange.Count("klines"));
        banned = false;
        await run.AdvanceUntilAsync(() => run.Log.Count("fetched 1") >= 6);
        Assert.Equal(6, (await run.NextAsync(6)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact(Timeout = 20_000)]
    public async Task A_fetch_that_fails_is_made_again()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 5.5 };
        var answers = new Queue<string>(["[[1]]", "{}", "[", string.Empty]);
        exchange.Instead = path => Task.FromResult<(int, string, string)?>(path.Contains("klines", StringComparison.Ordinal) && answers.TryDequeue(out var answer) ? (200, string.Empty, answer) : null);
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 3);
        await run.AdvanceUntilAsync(() => run.Log.Count("fetched 1") > 0);

        Assert.Equal("close 4", await run.NextAsync());
        Assert.Equal(4, run.Log.Count("klines can't be fetched"));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_stop_while_a_fetch_is_under_way_or_the_exchange_is_waited_for_is_immediate()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 5.5 };
        var never = new TaskCompletionSource();
        exchange.Instead = async path =>
        {
            if (path.Contains("klines", StringComparison.Ordinal))
            {
                await never.Task;
            }

            return null;
        };
        await using (var fetching = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 3))
        {
            await Wait.UntilAsync(() => exchange.Count("klines") > 0);
            await fetching.StopAsync();
        }

        never.SetResult();
        exchange.Instead = _ => Task.FromResult<(int, string, string)?>((500, string.Empty, string.Empty));
        await using var waiting = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl);
        await waiting.Log.WaitForAsync("does not answer yet");
        await waiting.StopAsync();
    }

    [Fact(Timeout = 20_000)]
    public async Task A_reader_that_is_slow_holds_the_feed_back_and_loses_nothing()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 3000.5 };
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 9, capacity: 1);
        for (var minute = 3000; minute < 3100; minute++)
        {
            exchange.Now = minute + 1.1;
            exchange.Send(Frames.Minute(minute, isClosed: true));
        }

        var updates = await run.NextAsync(3090);
        Assert.Equal(string.Join(',', Enumerable.Range(10, 3090).Select(minute => $"close {minute}")), string.Join(',', updates));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_stop_while_the_reader_takes_nothing_is_immediate()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 3000.5 };
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 9, capacity: 1);
        await run.Log.WaitForAsync("fetched 1500");
        await run.StopAsync();
    }
}
