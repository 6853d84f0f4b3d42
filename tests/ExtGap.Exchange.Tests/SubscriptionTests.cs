using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class SubscriptionTests
{
    private const string Subscribe = """{"method":"SUBSCRIBE","params":["testusdt@kline_1m"],"id":1}""";

    [Theory(Timeout = 30_000)]
    [InlineData("unknownusdt@kline_1m")]
    [InlineData("TESTUSDT@kline_1m")]
    [InlineData("testusdt@kline_7m")]
    [InlineData("testusdt@kline_60m")]
    [InlineData("testusdt@kline_1s")]
    [InlineData("testusdt@aggTrade")]
    [InlineData("nonsense")]
    public async Task A_subscription_of_an_unknown_stream_is_acknowledged_and_stays_silent(string stream)
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { WaitFor = 0, Speed = 100_000 });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws");
        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync($$"""{"method":"SUBSCRIBE","params":["{{stream}}"],"id":1}"""));
        Assert.Equal($$"""{"result":["{{stream}}"],"id":2}""", await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}"""));
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":3}""");
        Assert.Equal($$"""{"result":["{{stream}}"],"id":3}""", await client.ReceiveTextAsync());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/ws")]
    [InlineData("/stream")]
    [InlineData("/public/ws")]
    [InlineData("/public/stream")]
    [InlineData("/private/ws")]
    [InlineData("/private/stream")]
    [InlineData("/ws/testusdt@kline_1m")]
    [InlineData("/stream?streams=testusdt@kline_1m")]
    public async Task Paths_that_are_not_for_market_data_acknowledge_and_deliver_no_kline(string path)
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { WaitFor = 0, Speed = 100_000 });
        using var client = await StreamClient.ConnectAsync(server, path);
        await client.SendAsync(Subscribe);
        Assert.Equal("""{"result":null,"id":1}""", await client.ReceiveTextAsync());
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":3}""");
        Assert.Equal("""{"result":["testusdt@kline_1m"],"id":3}""", await client.ReceiveTextAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_frame_is_bare_on_ws_and_wrapped_on_stream_and_a_property_changes_that()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { WaitFor = 2, Speed = 1 });
        using var raw = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m/testusdt@kline_3m");
        using var combined = await StreamClient.ConnectAsync(server, "/market/stream?streams=testusdt@kline_1m/testusdt@kline_3m");
        Assert.Equal("kline", (await raw.ReceiveAsync()).GetProperty("e").GetString());
        var wrapped = await combined.ReceiveAsync();
        Assert.Equal("testusdt@kline_1m", wrapped.GetProperty("stream").GetString());
        Assert.Equal("1m", wrapped.GetProperty("data").GetProperty("k").GetProperty("i").GetString());
        Assert.Equal("""{"result":false,"id":1}""", await raw.AskAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":1}"""));
        Assert.Equal("""{"result":null,"id":2}""", await raw.AskAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":2}"""));
        Assert.Equal("""{"result":true,"id":3}""", await raw.AskAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":3}"""));
        Assert.True((await raw.ReceiveAsync()).TryGetProperty("stream", out _));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_unsubscribed_comes_no_more()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Speed = 1 });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m/testusdt@kline_3m");
        await client.ReceiveAsync();
        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync("""{"method":"UNSUBSCRIBE","params":["testusdt@kline_1m"],"id":1}"""));
        Assert.Equal("""{"result":["testusdt@kline_3m"],"id":2}""", await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}"""));
        Assert.Equal("3m", (await client.ReceiveAsync()).GetProperty("k").GetProperty("i").GetString());
        Assert.Equal("3m", (await client.ReceiveAsync()).GetProperty("k").GetProperty("i").GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task More_than_ten_messages_a_second_end_the_connection()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        using var client = await StreamClient.ConnectAsync(server, "/market/ws");
        for (var i = 1; i <= 11; i++)
        {
            await client.SendAsync($$"""{"method":"LIST_SUBSCRIPTIONS","id":{{i}}}""");
        }

        Assert.InRange((await client.ReceiveAllAsync()).Count, 0, 10);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }

    [Fact(Timeout = 30_000)]
    public async Task More_than_1024_streams_are_refused_and_end_the_connection()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        using var client = await StreamClient.ConnectAsync(server, "/market/ws");
        var names = string.Join(',', Enumerable.Range(0, 1024).Select(i => $"\"s{i}@kline_1m\""));
        Assert.Equal("""{"result":null,"id":1}""", await client.AskAsync($$"""{"method":"SUBSCRIBE","params":[{{names}}],"id":1}"""));
        Assert.Equal("""{"code":4,"msg":"Too many subscriptions","id":2}""", await client.AskAsync(Subscribe.Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal)));
        Assert.Empty(await client.ReceiveAllAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stop_closes_a_connection_with_a_close_frame()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines);
        using var client = await StreamClient.ConnectAsync(server, "/market/ws");
        await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        var receiving = client.ReceiveAllAsync();
        await server.StopAsync();
        Assert.Empty(await receiving);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_silent_connection_is_pinged()
    {
        using var klines = SampleKlines.Minutes(10);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { WaitFor = 2, PingInterval = TimeSpan.FromMilliseconds(50) });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = tcp.GetStream();
        await stream.WriteAsync(
            "GET /market/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken);
        var received = new List<byte>();
        var buffer = new byte[1024];
        while (!received.Contains(0x89))
        {
            received.AddRange(buffer.AsSpan(0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)));
        }

        // The answer to this key is the example of RFC 6455 itself.
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Encoding.ASCII.GetString([.. received]), StringComparison.Ordinal);
    }
}
