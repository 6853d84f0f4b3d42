using System.Diagnostics;
using System.Globalization;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>A small supervisor, hosted by the test program, is killed with SIGKILL.</summary>
public sealed class SupervisorDeath
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact(Timeout = Repeated.Timeout)]
    public Task No_command_outlives_its_supervisor() =>
        Repeated.RunAsync(() => KillHostAsync([], "sh", "-c", "trap '' TERM HUP INT; while :; do sleep 1000; done"), TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task No_program_that_watches_its_lifeline_outlives_its_supervisor() =>
        Repeated.RunAsync(() => KillHostAsync([("EXTGAP_LIFELINE", "stdin")], Executables.TestProgram, "wait"), TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Children_do_not_die_with_the_thread_that_asked_for_them() => Repeated.RunAsync(async () =>
    {
        TestChild? child = null;
        var start = TestChild.Start("sh", "-c", "read line") with { DiesWithSupervisor = true };
        var thread = new Thread(() => child = TestChild.RunAsync(start).GetAwaiter().GetResult());
        thread.Start();
        thread.Join();

        await using var probe = await TestChild.ShellAsync("sleep 0.2");
        await probe.WaitAsync();

        await using (child)
        {
            Assert.False(child!.Process.Ended.IsCompleted);
        }
    }, TestContext.Current.CancellationToken);

    private static async Task KillHostAsync(IEnumerable<(string Name, string Value)> environment, params string[] command)
    {
        const int Count = 4;
        var start = new ProcessStartInfo(Executables.TestProgram, ["host", Executables.Extgap, Count.ToString(CultureInfo.InvariantCulture), .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var host = Process.Start(start)!;
        var children = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            children[i] = int.Parse((await host.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
        }

        Assert.All(children, pid => Assert.True(Processes.Lives(pid)));
        Processes.Kill(host.Id);
        await Processes.UntilAsync(() => !children.Any(Processes.Lives), Limit);
    }
}
