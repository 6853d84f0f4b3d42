using System.Net.WebSockets;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Security;

/// <summary>What a WebSocket server that means harm can do to a bot. See docs/security.md.</summary>
public sealed class HostileSocket
{
    [Fact(Timeout = 60_000)]
    public async Task A_handshake_is_not_sent_on_to_another_address()
    {
        await using var elsewhere = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", TestContext.Current.CancellationToken);
        await using var server = new RawServer($"HTTP/1.1 302 X\r\nLocation: {elsewhere.Url}stream\r\nContent-Length: 0\r\n\r\n", TestContext.Current.CancellationToken);
        await using var run = new ConnectionRun(server.StreamUrl);

        await run.Log.WaitForAsync("sends elsewhere (HTTP 302)");
        Assert.Equal(0, elsewhere.Requests);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("31536000")]
    [InlineData("2147483647")]
    public async Task A_wait_of_a_year_is_cut_to_the_longest_ban_that_there_is(string retryAfter)
    {
        await using var server = new RawServer($"HTTP/1.1 429 X\r\nRetry-After: {retryAfter}\r\nContent-Length: 0\r\n\r\n", TestContext.Current.CancellationToken);
        await using var run = new ConnectionRun(server.StreamUrl);

        await run.Log.WaitForAsync("Reconnecting");
        Assert.Equal(259_200, Assert.Single(run.Waits()));
        Assert.False(run.Running.IsCompleted, run.Running.Exception?.ToString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_without_end_takes_no_room_and_no_longer_than_silence_may()
    {
        var sent = 0L;
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken)
        {
            OnStream = async (socket, _, stop) =>
            {
                var part = new byte[64 * 1024];
                while (true)
                {
                    await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: false, stop);
                    Interlocked.Add(ref sent, part.Length);
                }
            },
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        Assert.Equal("connected", await run.NextAsync());
        await Wait.UntilAsync(() => Interlocked.Read(ref sent) > 16L * 1024 * 1024);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Wait.UntilAsync(() => Interlocked.Read(ref sent) > 64L * 1024 * 1024);

        // Other tests run beside this one.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32L * 1024 * 1024);
        await run.AdvanceUntilLoggedAsync("no kline for 30 s");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_time_days_ahead_of_what_the_exchange_said_before_is_not_believed()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken)
        {
            OnStream = async (socket, _, stop) =>
            {
                await LoopbackServer.SendAsync(socket, Frames.Minute(1, isClosed: true), stop);
                await LoopbackServer.SendAsync(socket, Frames.Minute(2, isClosed: true, eventMinute: 2 + (2 * 24 * 60)), stop);
                await LoopbackServer.SendAsync(socket, Frames.Minute(3, isClosed: true), stop);
                await LoopbackServer.ReadOnAsync(socket, stop);
            },
        };
        await using var run = new ConnectionRun(server.StreamUrl);

        Assert.Equal(["connected", "close 1", "close 3"], [await run.NextAsync(), await run.NextAsync(), await run.NextAsync()]);
        Assert.Equal(1, run.Log.Count("with a time far ahead"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_frame_that_announces_eight_exabytes_ends_the_connection_or_its_silence_does()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken)
        {
            OnStream = async (_, stream, stop) =>
            {
                // FIN and text, 127 for a length of eight bytes, and the greatest that these can say.
                await stream.WriteAsync(new byte[] { 0x81, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, stop);
                await Wait.ForeverAsync(stop);
            },
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        Assert.Equal("connected", await run.NextAsync());
        await run.AdvanceUntilLoggedAsync("Reconnecting");
    }
}
