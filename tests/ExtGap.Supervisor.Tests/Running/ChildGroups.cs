using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

public sealed class ChildGroups
{
    [Fact(Timeout = Repeated.Timeout)]
    public Task A_child_leads_a_session_and_a_group_of_its_own() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("cat");

        var stat = ProcessStat.Read(child.Pid)!.Value;
        Assert.Equal(child.Pid, stat.Group);
        Assert.Equal(child.Pid, stat.Session);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_child_that_ignores_SIGTERM_is_ended_by_SIGKILL() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("trap 'echo no' TERM; echo deaf; while :; do sleep 0.05; done");
        await child.Output.WaitForLinesAsync(1);
        child.Process.Signal(Signals.Terminate);
        await child.Output.WaitForLinesAsync(2);
        Assert.False(child.Process.Ended.IsCompleted);

        child.Process.Signal(Signals.Kill);

        Assert.Equal(new ExitCause.Killed(9), await child.WaitAsync());
        Assert.True(ProcessGroup.IsEmpty(child.Pid));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_signal_right_after_the_start_is_not_lost() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("cat");

        child.Process.Signal(Signals.Terminate);

        Assert.Equal(new ExitCause.Killed(15), await child.WaitAsync());
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_leader_has_ended_but_is_not_gone_while_its_group_lives() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("sleep 1000 & echo $!; exit 3");
        var helper = int.Parse((await child.Output.WaitForLinesAsync(1))[0]);

        Assert.Equal(new ExitCause.Exited(3), await child.Process.Ended);
        Assert.False(child.Process.Gone.IsCompleted);
        Assert.True(Processes.Lives(helper));
        Assert.False(ProcessGroup.IsEmpty(child.Pid));

        child.Process.Signal(Signals.Kill);
        await child.Process.Gone;
        Assert.False(Processes.Lives(helper));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_double_fork_that_stays_in_the_group_is_reached() => Repeated.RunAsync(async () =>
    {
        // The process in the middle ends, so that PID 1 inherits the last one.
        await using var child = await TestChild.ShellAsync("(sleep 1000 & echo $!) ; exec cat");
        var orphan = int.Parse((await child.Output.WaitForLinesAsync(1))[0]);
        Assert.Equal(child.Pid, ProcessStat.Read(orphan)!.Value.Group);

        child.Process.Signal(Signals.Terminate);

        await child.WaitAsync();
        Assert.False(Processes.Lives(orphan));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_grandchild_outside_the_group_that_holds_the_pipe_is_not_waited_for_longer_than_two_seconds() => Repeated.RunAsync(async () =>
    {
        // Its number comes from the one that has its session already.
        await using var child = await TestChild.ShellAsync("setsid sh -c 'echo $$; exec sleep 1000' & wait");
        var holder = int.Parse((await child.Output.WaitForLinesAsync(1))[0]);
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            child.Process.Signal(Signals.Kill);
            await child.WaitAsync();

            Assert.True(Processes.Lives(holder));
            Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1.9, 10);
        }
        finally
        {
            Processes.Kill(holder);
        }
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task Signals_to_a_group_that_is_gone_do_nothing() => Repeated.RunAsync(async () =>
    {
        await using var child = await TestChild.ShellAsync("exit 0");
        await child.WaitAsync();

        child.Process.Signal(Signals.Kill);
        child.Process.Signal(Signals.Terminate);

        Assert.Equal(new ExitCause.Exited(0), await child.Process.Ended);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_group_that_cannot_be_looked_at_is_not_taken_for_empty() => Repeated.RunAsync(async () =>
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere there is no /proc.");
        await using var child = await TestChild.ShellAsync("cat");

        Assert.False(ProcessGroup.IsEmpty(child.Pid, () => throw new IOException("Too many open files.")));
        Assert.False(ProcessGroup.IsEmpty(child.Pid, () => new[] { child.Pid }.Select<int, ProcessStat>(_ => throw new IOException("Too many open files."))));
        Assert.True(ProcessGroup.IsEmpty(child.Pid, () => []));
    }, TestContext.Current.CancellationToken);
}
