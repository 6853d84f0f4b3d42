using System.Collections.Concurrent;
using System.Net.WebSockets;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

public sealed class KlineConnectionTests
{
    [Fact(Timeout = 20_000)]
    public async Task Of_the_frames_the_first_with_a_trade_and_the_closing_one_go_on()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, _, stop) =>
        {
            foreach (var message in new[]
            {
                """{"result":null,"id":1}""",
                Frames.Minute(0, isClosed: false, trades: 0),
                Frames.Minute(0, isClosed: false),
                Frames.Minute(0, isClosed: false, trades: 9),
                "garbage",
                Frames.Minute(0, isClosed: true),
                Frames.Minute(1, isClosed: true, trades: 0),
            })
            {
                await LoopbackServer.SendAsync(socket, message, stop);
            }

            await LoopbackServer.ReadOnAsync(socket, stop);
        };
        await using var run = new ConnectionRun(server.StreamUrl);

        Assert.Equal("connected", await run.NextAsync());
        Assert.Equal("open 0", await run.NextAsync());
        Assert.Equal("close 0", await run.NextAsync());
        Assert.Equal("close 1", await run.NextAsync());
        Assert.Equal("/market/stream?streams=btcusdt@kline_1m", Assert.Single(server.Requests));
        Assert.Contains("garbage", Assert.Single(run.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_message_that_is_too_long_is_dropped_and_the_connection_goes_on()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, _, stop) =>
        {
            await LoopbackServer.SendAsync(socket, Frames.Minute(0, isClosed: true), stop);
            await LoopbackServer.SendAsync(socket, new string('x', 1_000_000), stop);
            await LoopbackServer.SendAsync(socket, Frames.Minute(1, isClosed: true), stop);
            await LoopbackServer.ReadOnAsync(socket, stop);
        };
        await using var run = new ConnectionRun(server.StreamUrl);

        Assert.Equal("connected", await run.NextAsync());
        Assert.Equal("close 0", await run.NextAsync());
        Assert.Equal("close 1", await run.NextAsync());
        Assert.Contains("more than 16384 bytes: xxx", Assert.Single(run.Log.Warnings), StringComparison.Ordinal);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("cut")]
    [InlineData("close", "the exchange has closed the connection (EndpointUnavailable, bye)")]
    [InlineData("nonsense")]
    public async Task A_connection_that_is_lost_is_made_again_and_the_log_says_why(string how, string why = "")
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, stream, stop) =>
        {
            await LoopbackServer.SendAsync(socket, Frames.Minute(server.Requests.Count, isClosed: true), stop);
            switch (how)
            {
                case "close":
                    await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "bye", stop);
                    break;
                case "nonsense":
                    await stream.WriteAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, stop);
                    break;
                default:
                    stream.Socket.LingerState = new(enable: true, 0);
                    break;
            }
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal("connected", await run.NextAsync());
            Assert.Equal($"close {i}", await run.NextAsync());
            await run.AdvanceUntilLoggedAsync("Connected: ", i + 1);
        }

        Assert.All(run.Log.Warnings, line => Assert.Matches(@"^Reconnecting in \d\.\d s: \S", line));
        Assert.Contains(why, run.Log.Warnings[0], StringComparison.Ordinal);
        Assert.All(run.Waits(), wait => Assert.InRange(wait, 0.9, 1.1));
    }

    [Fact(Timeout = 20_000)]
    public async Task Thirty_seconds_without_a_kline_end_a_connection_whatever_else_comes()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, stream, stop) =>
        {
            while (true)
            {
                await LoopbackServer.SendAsync(socket, """{"result":null,"id":1}""", stop);
                await stream.WriteAsync(new byte[] { 0x89, 0 }, stop);
                await Wait.BrieflyAsync(stop);
            }
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        Assert.Equal("connected", await run.NextAsync());
        run.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(run.Log.Warnings);
        await run.AdvanceUntilLoggedAsync("Reconnecting");

        Assert.EndsWith("no kline for 30 s", run.Log.Warnings[0], StringComparison.Ordinal);
        await run.AdvanceUntilLoggedAsync("Connected: ", 2);
    }

    [Fact(Timeout = 20_000)]
    public async Task Klines_without_trades_are_life_too()
    {
        using var next = new SemaphoreSlim(0);
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, _, stop) =>
        {
            for (var i = 0; i < 6; i++)
            {
                await next.WaitAsync(stop);
                await LoopbackServer.SendAsync(socket, Frames.Minute(0, isClosed: false, trades: 0), stop);
                await LoopbackServer.SendAsync(socket, Frames.Minute(i, isClosed: true), stop);
            }

            await LoopbackServer.ReadOnAsync(socket, stop);
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        Assert.Equal("connected", await run.NextAsync());
        for (var i = 0; i < 6; i++)
        {
            run.Time.Advance(TimeSpan.FromSeconds(25));
            next.Release();
            Assert.Equal($"close {i}", await run.NextAsync());
        }

        Assert.Empty(run.Log.Warnings);
    }

    [Theory(Timeout = 20_000)]
    [InlineData(403, "The exchange refuses this location (HTTP 403)")]
    [InlineData(451, "The exchange refuses this location (HTTP 451)")]
    [InlineData(429, "asks for fewer requests (HTTP 429)")]
    [InlineData(418, "banned this address for a while (HTTP 418)")]
    [InlineData(502, "The exchange answers HTTP 502")]
    public async Task A_handshake_that_is_refused_is_said_in_plain_words(int status, string expected)
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.HandshakeStatus = () => status;
        await using var run = new ConnectionRun(server.StreamUrl);
        await run.Log.WaitForAsync("Reconnecting");

        Assert.Contains(expected, run.Log.Warnings[0], StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_handshake_that_is_never_answered_is_given_up_after_thirty_seconds()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.HandshakeStatus = () => 0;
        await using var run = new ConnectionRun(server.StreamUrl);
        await run.AdvanceUntilLoggedAsync("Reconnecting");

        Assert.EndsWith("no connection for 30 s", run.Log.Warnings[0], StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task Only_a_kline_ends_the_growing_of_the_waits_and_no_handshake_does()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, _, stop) =>
        {
            await LoopbackServer.SendAsync(socket, """{"result":null,"id":1}""", stop);
            if (server.Requests.Count == 5)
            {
                await LoopbackServer.SendAsync(socket, Frames.Minute(0, isClosed: true), stop);
            }
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        await run.AdvanceUntilLoggedAsync("Reconnecting", 6);

        var expected = new double[] { 1, 2, 4, 8, 1, 2 };
        Assert.All(run.Waits().Zip(expected), pair => Assert.InRange(pair.First, pair.Second * 0.89, pair.Second * 1.11));
    }

    [Fact(Timeout = 20_000)]
    public async Task Streams_beyond_the_hundredth_are_subscribed_to_in_messages()
    {
        var received = new ConcurrentQueue<string>();
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, _, stop) =>
        {
            while (true)
            {
                received.Enqueue(await LoopbackServer.ReceiveAsync(socket, stop));
            }
        };
        await using var run = new ConnectionRun(server.StreamUrl, [.. Enumerable.Range(0, 250).Select(i => $"COIN{i}USDT")]);
        await Wait.UntilAsync(() => received.Count == 1);
        await run.AdvanceUntilLoggedAsync("Connected: 250 stream(s)");
        await Wait.UntilAsync(() => received.Count == 2);
        await run.StopAsync();

        Assert.Equal(100, Assert.Single(server.Requests).Split('/').Length - 2);
        Assert.StartsWith("""{"method":"SUBSCRIBE","params":["coin100usdt@kline_1m","coin101usdt@kline_1m",""", received.First(), StringComparison.Ordinal);
        Assert.EndsWith("""coin249usdt@kline_1m"],"id":2}""", received.ElementAt(1), StringComparison.Ordinal);
    }
}
