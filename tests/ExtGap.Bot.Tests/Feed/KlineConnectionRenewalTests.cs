using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Feed;

public sealed class KlineConnectionRenewalTests
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(29);

    [Fact(Timeout = 30_000)]
    public async Task After_23_hours_a_new_session_takes_over_before_the_old_one_is_closed()
    {
        using var next = new SemaphoreSlim(0);
        await using var server = new LoopbackServer(TestContext.Current.CancellationToken);
        var sent = 0;
        var endings = new List<string>();
        server.OnStream = async (socket, _, stop) =>
        {
            var isFirst = server.Requests.Count == 1;
            var closing = LoopbackServer.ReadOnAsync(socket, stop);
            while (isFirst && !closing.IsCompleted)
            {
                if (await next.WaitAsync(TimeSpan.FromMilliseconds(5), stop))
                {
                    await LoopbackServer.SendAsync(socket, Frames.Minute(sent++, isClosed: true), stop);
                }
            }

            if (!isFirst)
            {
                await LoopbackServer.SendAsync(socket, Frames.Minute(sent, isClosed: true), stop);
            }

            await closing;
            endings.Add(isFirst ? "first" : "second");
        };
        await using var run = new ConnectionRun(server.StreamUrl);
        Assert.Equal("connected", await run.NextAsync());
        for (var passed = TimeSpan.Zero; passed < Bot.Feed.KlineConnection.Lifetime - HalfMinute; passed += HalfMinute)
        {
            run.Time.Advance(HalfMinute);
            next.Release();
            var update = await run.NextAsync();
            Assert.Equal($"close {sent - 1}", update);
        }

        Assert.Single(server.Requests);
        run.Time.Advance(HalfMinute);
        Assert.Equal("connected", await run.NextAsync());
        Assert.Equal($"close {sent}", await run.NextAsync());
        await Wait.UntilAsync(() => endings.Count > 0);

        Assert.Equal("first", Assert.Single(endings));
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(run.Log.Warnings);
    }
}
