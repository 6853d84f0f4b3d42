using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Wishes that come while a program is on its way to somewhere else.</summary>
public sealed class CrossedWishes
{
    [Fact(Timeout = Repeated.Timeout)]
    public Task A_program_in_BACKOFF_can_be_stopped() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("crash", "exit 1", """ "restart": { "initialDelay": "1h", "maxDelay": "1h" } """));
        await supervisor.IsAsync("crash", "BACKOFF");

        Assert.Equal(0, (await supervisor.AskAsync(new ControlRequest.Stop(["crash"]))).Code);

        Assert.Equal("STOPPED", (await supervisor.StatusAsync("crash")).State);
        Assert.Single(supervisor.LinesOf("crash.pids"));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_program_that_is_STARTING_can_be_stopped() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Bot("slow", "exec sleep 1000"));
        await supervisor.IsAsync("slow", program => program is { State: "STARTING", Pid: not null }, "STARTING with a process");

        Assert.Equal(0, (await supervisor.AskAsync(new ControlRequest.Stop(["slow"]))).Code);

        Assert.Equal("STOPPED", (await supervisor.StatusAsync("slow")).State);
        Assert.Equal([supervisor.Pid], supervisor.Processes().Select(process => process.Pid));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_start_while_STOPPING_counts_and_waits_for_the_end_of_the_old_process() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Stubborn("stubborn"));
        await supervisor.FileAsync("stubborn.up");
        var before = await supervisor.IsAsync("stubborn", "RUNNING");
        var stop = supervisor.AskAsync(new ControlRequest.Stop(["stubborn"]));
        await supervisor.IsAsync("stubborn", "STOPPING");

        var start = await supervisor.AskAsync(new ControlRequest.Start(["stubborn"]));

        Assert.Equal(0, start.Code);
        var after = await supervisor.StatusAsync("stubborn");
        Assert.Equal("RUNNING", after.State);
        Assert.NotEqual(before.Pid, after.Pid);
        Assert.Equal(ExitCode.Failure, (await stop).Code);
        Assert.Contains("started again by somebody else", (await stop).Text, StringComparison.Ordinal);
        Assert.Empty(supervisor.Clashes);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_start_all_while_the_supervisor_is_stopping_starts_the_next_one() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Stubborn("stubborn"));
        await supervisor.FileAsync("stubborn.up");
        var before = supervisor.Pid;
        var stop = supervisor.VerbAsync("stop-all");
        await supervisor.IsAsync("stubborn", "STOPPING");

        var start = await supervisor.VerbAsync("start-all");

        Assert.Equal(0, start.Code);
        Assert.StartsWith("The supervisor is about to stop: the next one starts when it has gone.\n", start.Text, StringComparison.Ordinal);
        Assert.Equal("RUNNING", (await supervisor.StatusAsync("stubborn")).State);
        Assert.NotEqual(before, supervisor.Pid);
        Assert.Equal(ExitCode.Failure, (await stop).Code);
        Assert.Empty(supervisor.Clashes);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task The_restart_of_a_program_that_never_gets_ready_comes_to_an_end() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(
            Entry.Bot("never", "exec sleep 1000", """ "readyTimeout": "300ms", "restart": { "initialDelay": "1h", "maxDelay": "1h" } """));
        await supervisor.IsAsync("never", "BACKOFF");

        var restart = await supervisor.VerbAsync("restart", "never");

        Assert.Equal(ExitCode.Failure, restart.Code);
        Assert.Contains("not ready within 0.3 s", restart.Text, StringComparison.Ordinal);
        Assert.Equal(2, supervisor.LinesOf("never.pids").Length);
        Assert.Equal([supervisor.Pid], supervisor.Processes().Select(process => process.Pid));
    }, TestContext.Current.CancellationToken);
}
