using System.Net.WebSockets;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

public sealed class KlineConnectionRenewalTests : IDisposable
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(29);
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _next = new(0);
    private int _sent;

    public void Dispose() => _next.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task After_23_hours_a_new_session_takes_over_before_the_old_one_is_closed()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        var endings = new List<string>();
        server.OnStream = async (socket, _, stop) =>
        {
            var isFirst = server.Requests.Count == 1;
            if (isFirst)
            {
                await TalkAsync(socket, stop);
            }
            else
            {
                await LoopbackServer.SendAsync(socket, Frames.Minute(_sent, isClosed: true), stop);
                await LoopbackServer.ReadOnAsync(socket, stop);
            }

            endings.Add(isFirst ? "first" : "second");
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        await GrowOldAsync(run);
        Assert.Equal("connected", await run.NextAsync());
        Assert.Equal($"close {_sent}", await run.NextAsync());
        await Wait.UntilAsync(() => endings.Count > 0);

        Assert.Equal("first", Assert.Single(endings));
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(run.Log.Warnings);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_renewal_that_the_exchange_refuses_is_tried_again_when_it_says_and_not_before()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken) { OnStream = (socket, _, stop) => TalkAsync(socket, stop) };
        await using var run = new ConnectionRun(server.StreamUrl);
        await GrowOldAsync(run, server, "Retry-After: 300\r\n");
        Assert.Equal(300, Assert.Single(run.Waits("next try in ")));
        await Wait.UntilAsync(() => run.Time.IsSetTo(TimeSpan.FromSeconds(300)));
        for (var passed = TenSeconds; passed < TimeSpan.FromSeconds(300); passed += TenSeconds)
        {
            await GoOnAsync(run, TenSeconds);
        }

        Assert.Equal(2, server.Requests.Count);
        await GoOnAsync(run, TenSeconds);
        await run.Log.WaitForAsync("can't be renewed yet", 2);
        Assert.Equal([300, 300], run.Waits("next try in "));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_waits_between_renewals_grow_though_the_old_session_lives()
    {
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken) { OnStream = (socket, _, stop) => TalkAsync(socket, stop) };
        await using var run = new ConnectionRun(server.StreamUrl);
        await GrowOldAsync(run, server);
        while (run.Waits("next try in ").Length < 5)
        {
            await GoOnAsync(run, TimeSpan.FromSeconds(1));

            // What really happens in between, as a handshake, has to be over before the limits on it are.
            await Wait.BrieflyAsync(TestContext.Current.CancellationToken);
        }

        var expected = new double[] { 1, 2, 4, 8, 16 };
        Assert.All(run.Waits("next try in ").Zip(expected), pair => Assert.InRange(pair.First, pair.Second * 0.89, pair.Second * 1.11));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_session_that_is_lost_while_its_renewal_is_refused_is_made_again_when_the_exchange_said()
    {
        using var cut = new CancellationTokenSource();
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        server.OnStream = (socket, _, stop) => TalkAsync(socket, stop).WaitAsync(cut.Token);
        await using var run = new ConnectionRun(server.StreamUrl);
        await GrowOldAsync(run, server, "Retry-After: 300\r\n");
        for (var i = 0; i < 10; i++)
        {
            await GoOnAsync(run, TenSeconds);
        }

        await cut.CancelAsync();
        await run.Log.WaitForAsync("Reconnecting");
        Assert.Equal(200, Assert.Single(run.Waits()));
    }

    /// <summary>Sends a minute for each that the test lets go, until the other side closes.</summary>
    private async Task TalkAsync(WebSocket socket, CancellationToken stop)
    {
        var closing = LoopbackServer.ReadOnAsync(socket, stop);
        while (!closing.IsCompleted)
        {
            if (await _next.WaitAsync(TimeSpan.FromMilliseconds(5), stop))
            {
                await LoopbackServer.SendAsync(socket, Frames.Minute(_sent++, isClosed: true), stop);
            }
        }

        await closing;
    }

    /// <summary>Moves the time, and has the first session show that it lives.</summary>
    private async Task GoOnAsync(ConnectionRun run, TimeSpan time)
    {
        run.Time.Advance(time);
        _next.Release();
        var update = await run.NextAsync();
        Assert.Equal($"close {_sent - 1}", update);
    }

    /// <summary>Lets the first session live until it is to be renewed.</summary>
    private async Task GrowOldAsync(ConnectionRun run)
    {
        Assert.Equal("connected", await run.NextAsync());
        for (var passed = TimeSpan.Zero; passed < KlineConnection.Lifetime - HalfMinute; passed += HalfMinute)
        {
            await GoOnAsync(run, HalfMinute);
        }

        Assert.Equal(0, run.Log.Count("can't be renewed"));
        run.Time.Advance(HalfMinute);
    }

    /// <summary>The same with an exchange that then refuses every further handshake, once it has refused the first of them.</summary>
    private async Task GrowOldAsync(ConnectionRun run, LoopbackServer server, string refusalHeaders = "")
    {
        server.RefusalHeaders = refusalHeaders;
        server.HandshakeStatus = () => server.Requests.Count == 1 ? 101 : 429;
        await GrowOldAsync(run);
        await run.Log.WaitForAsync("can't be renewed yet");
        await GoOnAsync(run, TimeSpan.Zero);
    }
}
