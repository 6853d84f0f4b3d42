using System.Net.WebSockets;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class ClockTests
{
    [Theory(Timeout = 30_000)]
    [InlineData(1000)]
    [InlineData(double.PositiveInfinity)]
    public async Task Time_stands_still_while_there_are_fewer_subscribers_than_wanted(double speed)
    {
        using var klines = SampleKlines.Minutes(10_000);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { WaitFor = 2, Speed = speed, UpdateInterval = TimeSpan.FromMinutes(1) });
        using var first = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        using var silent = await StreamClient.ConnectAsync(server, "/market/ws/nothing@kline_1m");
        await TestExchange.WaitForAsync(server, state => state.GetProperty("clients").GetInt32() == 2 && state.GetProperty("subscribers").GetInt32() == 1);
        Assert.Equal(SampleKlines.Start, server.Now.UnixMilliseconds);
        using (var second = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_3m"))
        {
            Assert.Equal(SampleKlines.Start, (await first.ReceiveAsync()).GetProperty("E").GetInt64());
            Assert.Equal(SampleKlines.Start, (await second.ReceiveAsync()).GetProperty("E").GetInt64());
            await first.ReceiveAsync();
            await second.AskAsync("""{"method":"UNSUBSCRIBE","params":["testusdt@kline_3m"],"id":1}""");
        }

        await TestExchange.WaitForAsync(server, state => state.GetProperty("subscribers").GetInt32() == 1 && !state.GetProperty("running").GetBoolean());
        var stopped = server.Now;
        Assert.Equal("""{"result":null,"id":2}""", await first.AskAsync("""{"method":"UNSUBSCRIBE","params":["x"],"id":2}"""));
        Assert.Equal(stopped, server.Now);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_limit_the_clock_waits_for_a_subscriber_that_does_not_read_and_nothing_is_lost()
    {
        using var klines = SampleKlines.Minutes(600);
        await using var server = await TestExchange.PlayAsync(klines);
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        var before = -1L;
        await TestExchange.WaitForAsync(server, state =>
        {
            var frames = state.GetProperty("frames").GetInt64();
            var stands = frames > 0 && frames == before;
            before = frames;
            return stands;
        });
        Assert.True(server.Now.UnixMilliseconds < SampleKlines.Start + (600 * 60_000L));
        Assert.False(server.Ended.IsCompleted);
        var receiving = client.ReceiveAllAsync();
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(isEnd: true);
        var frames = await receiving;
        Assert.Equal(frames.Count, frames.Select(frame => frame.GetProperty("E").GetInt64()).Distinct().Count() + 600 - 1);
        Assert.Equal(600, frames.Count(frame => frame.GetProperty("k").GetProperty("x").GetBoolean()));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_clock_that_runs_waits_for_nobody_and_disconnects_who_falls_behind()
    {
        using var klines = SampleKlines.Minutes(3000);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Speed = 1_000_000 });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        await TestExchange.WaitForAsync(server, state => state.GetProperty("frames").GetInt64() > 0 && state.GetProperty("subscribers").GetInt32() == 0);
        var frames = await client.ReceiveAllAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
        Assert.Equal(frames.Count, frames.Select(frame => frame.GetRawText()).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(frames.Count, 1000, 500_000);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_subscriber_that_comes_later_gets_the_open_candle_from_then_on()
    {
        using var klines = SampleKlines.Minutes(100);
        await using var server = await TestExchange.PlayAsync(
            klines, o => o with { Start = new(SampleKlines.Start + (10 * 60_000) + 30_000), Speed = 1 });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        var frame = await client.ReceiveAsync();
        Assert.Equal(SampleKlines.Start + (10 * 60_000) + 30_000, frame.GetProperty("E").GetInt64());
        Assert.Equal(SampleKlines.Start + (10 * 60_000), frame.GetProperty("k").GetProperty("t").GetInt64());
    }
}
