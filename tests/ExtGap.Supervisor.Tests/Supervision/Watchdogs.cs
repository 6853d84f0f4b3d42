using System.Globalization;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Bots that are silent, never ready, or too big.</summary>
public sealed class Watchdogs
{
    private const string TriedOnce = """ "restart": { "initialDelay": "1h", "maxDelay": "1h" } """;

    // The shell, not .NET: whose runtime swallows the first SIGABRT that comes from elsewhere.
    [Fact(Timeout = Repeated.Timeout)]
    public Task A_bot_that_falls_silent_is_aborted_and_the_status_tells_why() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Bot("silent", "exec 3<&0; \"$TEST_PROGRAM\" silent-after-ready <&3 & wait", """ "watchdog": "2s",""" + TriedOnce));

        var status = await supervisor.IsAsync("silent", "BACKOFF");

        Assert.Equal(("silent for 2 s (watchdog)", "killed by SIGABRT"), (status.Reason, status.LastExit));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_silent_bot_that_SIGABRT_does_not_end_is_killed_five_seconds_later_and_started_again() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(
            Entry.Bot("silent", "[ -e silent.once ] && exec \"$TEST_PROGRAM\" ready; : >silent.once; trap '' ABRT; \"$TEST_PROGRAM\" silent-after-ready & while :; do wait; sleep 1; done", """ "watchdog": "2s" """));

        var again = await supervisor.IsAsync("silent", program => program is { State: "RUNNING", Restarts: 1 }, "RUNNING again");
        Assert.Equal("killed by SIGKILL", again.LastExit);
        var aborted = TimeOf(supervisor, "RUNNING -> STOPPING: silent for 2 s (watchdog)");
        Assert.InRange((TimeOf(supervisor, "STOPPING -> BACKOFF") - aborted).TotalSeconds, 4.9, 30);
        Assert.Empty(supervisor.Clashes);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_bot_that_is_not_ready_in_time_is_killed_with_its_group() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Bot("never", "trap '' TERM; sleep 1000 & exec \"$TEST_PROGRAM\" never-ready", """ "readyTimeout": "2s",""" + TriedOnce));

        var status = await supervisor.IsAsync("never", "BACKOFF");

        Assert.Equal(("not ready within 2 s", "killed by SIGKILL", 1), (status.Reason, status.LastExit, status.Failures));
        Assert.Equal([supervisor.Pid], supervisor.Processes().Select(process => process.Pid));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_program_that_eats_more_than_it_may_is_stopped_with_the_reason() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Entry.Shell("eater", "exec \"$TEST_PROGRAM\" eat-memory 200000000", """ "stop": { "timeout": "5s" }, "maxMemory": "150MB",""" + TriedOnce));

        var status = await supervisor.IsAsync("eater", "BACKOFF");

        Assert.Matches("^memory of [0-9.]+ MB is above maxMemory of 150 MB$", status.Reason);
        Assert.Equal((false, 1), (status.WasKilled, status.Failures));
    }, TestContext.Current.CancellationToken);

    // Lines of the supervisor's log begin with their time.
    private static DateTimeOffset TimeOf(RealSupervisor supervisor, string words) =>
        DateTimeOffset.Parse(supervisor.LinesOf("logs/supervisor.log").Single(line => line.Contains(words, StringComparison.Ordinal)).Split(' ')[0], CultureInfo.InvariantCulture);
}
