using System.Diagnostics;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

public sealed class KlineConnectionStopTests
{
    [Fact(Timeout = 20_000)]
    public async Task A_stop_sends_a_close_frame_and_takes_the_answer()
    {
        var last = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, _, stop) =>
        {
            await LoopbackServer.SendAsync(socket, Frames.Minute(0, isClosed: false), stop);
            last.SetResult(await LoopbackServer.ReceiveAsync(socket, stop));
            await LoopbackServer.SendAsync(socket, Frames.Minute(0, isClosed: true), stop);
            await socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, stop);
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        Assert.Equal("connected", await run.NextAsync());
        Assert.Equal("open 0", await run.NextAsync());
        var stopping = Stopwatch.StartNew();
        await run.StopAsync();

        Assert.Equal("closed NormalClosure", await last.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.InRange(stopping.ElapsedMilliseconds, 0, 1500);
        Assert.Empty(run.Log.Warnings);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_server_that_never_answers_the_close_frame_holds_the_stop_for_two_seconds_at_most()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = async (socket, _, stop) =>
        {
            while (true)
            {
                await LoopbackServer.SendAsync(socket, Frames.Minute(0, isClosed: false), stop);
                await Wait.BrieflyAsync(stop);
            }
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        Assert.Equal("connected", await run.NextAsync());
        var stopping = Stopwatch.StartNew();
        await run.StopAsync();

        Assert.InRange(stopping.ElapsedMilliseconds, 0, 4000);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_stop_while_connecting_subscribing_or_waiting_is_immediate()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.HandshakeStatus = () => 0;
        await using (var connecting = new ConnectionRun(server.StreamUrl))
        {
            await Wait.UntilAsync(() => !server.Requests.IsEmpty);
            await connecting.StopAsync();
        }

        server.HandshakeStatus = () => 101;
        await using (var subscribing = new ConnectionRun(server.StreamUrl, [.. Enumerable.Range(0, 300).Select(i => $"COIN{i}USDT")]))
        {
            await Wait.UntilAsync(() => server.Requests.Count == 2);
            await subscribing.StopAsync();
        }

        server.HandshakeStatus = () => 403;
        await using var waiting = new ConnectionRun(server.StreamUrl);
        await waiting.Log.WaitForAsync("Reconnecting");
        await waiting.StopAsync();
    }
}
