using System.Diagnostics;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Several clients wish for different things at once.</summary>
public sealed class Storms
{
    private static readonly string[] Names = ["quick", "slow", "crash", "bot"];
    private static int _seeds;

    [Fact(Timeout = Repeated.Timeout)]
    public Task No_two_generations_meet_and_the_last_wish_wins() => Repeated.RunAsync(async () =>
    {
        var seed = Interlocked.Increment(ref _seeds);
        await using var supervisor = await RealSupervisor.StartAsync(
            Entry.Shell("quick", "exec sleep 1000"),
            Entry.Shell("slow", "trap 'sleep 0.2; exit 0' TERM; while :; do sleep 0.1; done"),
            Entry.Shell("crash", "sleep 0.1; exit 1", """ "restart": { "initialDelay": "10ms", "maxDelay": "50ms" } """),
            Entry.Bot("bot", "exec sleep 1000", """ "readyTimeout": "300ms" """));
        var length = TimeSpan.FromSeconds(3);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(client => WishAsync(supervisor, new Random((seed * 100) + client), length)));

        Assert.Equal("", supervisor.Clashes);
        var stop = await supervisor.AskAsync(new ControlRequest.Stop(Names));
        Assert.All((await supervisor.StatusAsync()).Programs, program => Assert.Equal((program.Name, "STOPPED"), (program.Name, program.State)));
        Assert.True(stop.Code == 0, stop.Text);
        Assert.Equal([supervisor.Pid], supervisor.Processes().Select(process => process.Pid));
        var start = await supervisor.AskAsync(new ControlRequest.Start(["quick", "slow"]));
        Assert.True(start.Code == 0, start.Text);
        Assert.Equal("", supervisor.Clashes);
        Assert.False(supervisor.Log.Contains("fault of its own", StringComparison.Ordinal), supervisor.Log);
    }, TestContext.Current.CancellationToken);

    private static async Task WishAsync(RealSupervisor supervisor, Random random, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            string[] names = [Names[random.Next(Names.Length)]];
            var answer = await supervisor.AskAsync(random.Next(5) switch
            {
                0 => new ControlRequest.Stop(names),
                1 => new ControlRequest.Restart(names),
                2 => new ControlRequest.Status([], null),
                3 => new ControlRequest.StartAll(IsNew: false),
                _ => new ControlRequest.Start(names),
            });
            Assert.True(answer.Code is 0 or 1, answer.Text);
        }
    }
}
