using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Tests.Control;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Clients that say nothing, garbage or too much.</summary>
public sealed class StrangeClients
{
    [Fact(Timeout = Repeated.Timeout)]
    public Task They_harm_nobody() => Repeated.RunAsync(async () =>
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("one", "exec sleep 1000"));
        await supervisor.AllRunAsync();
        var strangers = new List<RawClient>();
        for (var i = 0; i < 30; i++)
        {
            var stranger = await RawClient.ConnectAsync(supervisor.Socket, cancellationToken);
            strangers.Add(stranger);
            _ = SpeakAsync(stranger, i).ContinueWith(hungUp => hungUp.Exception, TaskScheduler.Default);
        }

        for (var i = 0; i < 5; i++)
        {
            var restart = await supervisor.AskAsync(new ControlRequest.Restart(["one"]));
            Assert.True(restart.Code == 0, restart.Text);
            Assert.True(restart.Elapsed < TimeSpan.FromSeconds(5), $"It took {restart.Elapsed}.");
        }

        Assert.Equal(0, (await supervisor.VerbAsync("status")).Code);
        var memory = (await supervisor.StatusAsync()).Supervisor.MemoryBytes;
        Assert.True(memory < 250_000_000, $"The supervisor has {memory} bytes.");
        strangers.ForEach(stranger => stranger.Dispose());
        Assert.Empty(supervisor.Clashes);
    }, TestContext.Current.CancellationToken);

    private static async Task SpeakAsync(RawClient client, int seed)
    {
        var garbage = new byte[1_000_000];
        new Random(seed).NextBytes(garbage);
        switch (seed % 4)
        {
            case 0:
                return;
            case 1:
                await client.Stream.WriteAsync(garbage, TestContext.Current.CancellationToken);
                return;
            case 2:
                // Ten million bytes are announced, and some of them sent.
                await client.HelloAsync(TestContext.Current.CancellationToken);
                await client.Stream.WriteAsync((byte[])[0x80, 0x96, 0x98, 0, .. garbage], TestContext.Current.CancellationToken);
                return;
            default:
                await client.HelloAsync(TestContext.Current.CancellationToken);
                await client.SendAsync("""{"verb":"logs","names":[],"stderr":false,"lines":100,"follow":true}""", TestContext.Current.CancellationToken);
                return;
        }
    }
}
