using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Stopping what does not want to stop.</summary>
public sealed class Stops
{
    [Fact(Timeout = Repeated.Timeout)]
    public Task A_child_that_ignores_SIGTERM_is_killed_and_the_verb_says_so() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Stubborn("stubborn"));
        await supervisor.FileAsync("stubborn.up");
        var pid = (await supervisor.IsAsync("stubborn", "RUNNING")).Pid!.Value;

        var stop = await supervisor.VerbAsync("stop", "stubborn");

        Assert.Equal(ExitCode.Failure, stop.Code);
        Assert.Contains("had to be killed", stop.Text, StringComparison.Ordinal);
        Assert.True(stop.Elapsed >= TimeSpan.FromSeconds(1), $"It was killed too early: {stop.Elapsed}");
        var status = await supervisor.StatusAsync("stubborn");
        Assert.Equal(("STOPPED", true, "killed by SIGKILL"), (status.State, status.WasKilled, status.LastExit));
        Assert.True(ProcessGroup.IsEmpty(pid));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task What_a_leader_leaves_of_its_group_is_gone_before_the_next_start() => Repeated.RunAsync(async () =>
    {
        const int Generations = 5;
        await using var supervisor = await RealSupervisor.StartAsync(
            Entry.Shell("leader", "(trap '' TERM HUP; exec sleep 1000) & exit 1", """ "restart": { "initialDelay": "0", "maxDelay": "10ms" } """));

        await supervisor.UntilAsync(() => supervisor.LinesOf("leader.pids").Length >= Generations, "it is started again and again");

        Assert.Empty(supervisor.Clashes);

        // A stop that comes before the leader has left asks the stubborn one too, and has to kill it: both ends are right.
        await supervisor.AskAsync(new ControlRequest.Stop(["leader"]));
        Assert.Equal([supervisor.Pid], supervisor.Processes().Select(process => process.Pid));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Somebody_outside_of_the_group_who_holds_the_pipes_keeps_no_stop_waiting() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("parent", "exec 9>&-; setsid sleep 1000 & wait"));
        var pid = (await supervisor.IsAsync("parent", "RUNNING")).Pid!.Value;
        await supervisor.UntilAsync(() => supervisor.Processes().Exists(process => process.Session != pid && FolderProcesses.CommandLine(process.Pid).StartsWith("sleep", StringComparison.Ordinal)), "the grandchild is there");

        var stop = await supervisor.AskAsync(new ControlRequest.Stop(["parent"]));

        Assert.Equal(0, stop.Code);
        Assert.True(stop.Elapsed < TimeSpan.FromSeconds(5), $"It took {stop.Elapsed}.");
        var start = await supervisor.AskAsync(new ControlRequest.Start(["parent"]));
        Assert.True(start.Code == 0, start.Text + supervisor.Log);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_grandchild_of_a_double_fork_is_stopped_with_its_group() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("forks", "(sh -c 'trap \"\" HUP; : >grandchild.up; exec sleep 1000' &); exec sleep 1000"));
        await supervisor.FileAsync("grandchild.up");
        await supervisor.IsAsync("forks", "RUNNING");

        Assert.Equal(0, (await supervisor.AskAsync(new ControlRequest.Stop(["forks"]))).Code);

        Assert.Equal([supervisor.Pid], supervisor.Processes().Select(process => process.Pid));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Six_that_ignore_SIGTERM_share_one_time_limit() => Repeated.RunAsync(async () =>
    {
        string[] names = ["a", "b", "c", "d", "e", "f"];
        await using var supervisor = await RealSupervisor.StartAsync([.. names.Select(name => Entry.Stubborn(name, """ "stop": { "timeout": "2s" } """))]);
        await supervisor.UntilAsync(() => names.All(name => supervisor.TextOf(name + ".pids").Length > 0), "all are there");
        foreach (var name in names)
        {
            await supervisor.FileAsync(name + ".up");
        }

        await supervisor.AllRunAsync();
        var stop = await supervisor.AskAsync(new ControlRequest.StopAll(false));

        Assert.Equal(ExitCode.Failure, stop.Code);
        Assert.Equal(names.Length, stop.Text.Split("had to be killed").Length - 1);
        Assert.True(stop.Elapsed < TimeSpan.FromSeconds(3), $"It took {stop.Elapsed}.");
        Assert.Equal(0, await supervisor.EndsAsync());
        Assert.Empty(supervisor.Processes());
    }, TestContext.Current.CancellationToken);
}
