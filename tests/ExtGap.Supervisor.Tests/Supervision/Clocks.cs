using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>Time that jumps, and time that stands still.</summary>
public sealed class Clocks
{
    private const int Stop = 19;
    private const int Continue = 18;

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_wall_clock_that_jumps_by_a_year_restarts_kills_and_delays_nobody() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = RealSupervisor.Prepare(
            Entry.ReadyBot("bot", """ "watchdog": "4s" """),
            Entry.Shell("writer", "while :; do echo line; sleep 0.05; done"),
            Entry.Shell("crash", "sleep 0.2; exit 1", """ "restart": { "initialDelay": "50ms", "maxDelay": "50ms" } """));
        await supervisor.SuperviseAsync(Executables.TestProgram, "jumping-supervisor", supervisor.Configuration);
        await supervisor.IsAsync("bot", "RUNNING");
        var before = await supervisor.StatusAsync("writer");

        // Several times round the clock, and beyond the watchdog's patience.
        await supervisor.IsAsync("bot", program => program.StateSeconds > 5, "RUNNING for 5 s");

        Assert.Equal((0, 0), ((await supervisor.StatusAsync("bot")).Restarts, (await supervisor.StatusAsync("writer")).Restarts));
        Assert.Equal(before.Pid, (await supervisor.StatusAsync("writer")).Pid);
        await supervisor.IsAsync("crash", program => program.Restarts >= 5, "started again and again");
        var lines = supervisor.LinesOf("logs/extgap_indicator_writer_stdout.log").Length;
        await supervisor.UntilAsync(() => supervisor.LinesOf("logs/extgap_indicator_writer_stdout.log").Length > lines, "the log goes on");
        Assert.True(supervisor.LinesOf("logs/supervisor.log").Select(line => line[..4]).Distinct().Count() > 1, "The clock did not jump.");
        supervisor.Signal(Signals.Terminate);
        Assert.Equal(0, await supervisor.EndsAsync());
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_supervisor_that_was_stopped_for_longer_than_the_watchdogs_patience_restarts_no_bot() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync([.. Enumerable.Range(0, 4).Select(i => Entry.ReadyBot($"bot{i}", """ "watchdog": "4s" """))]);
        await supervisor.AllRunAsync();

        // From just beyond the watchdog's patience to well beyond.
        foreach (var seconds in new[] { 4.05, 4.4, 6 })
        {
            supervisor.Signal(Stop);
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, TestContext.Current.CancellationToken);
            supervisor.Signal(Continue);
            await supervisor.AnswersAsync();
            Assert.All((await supervisor.StatusAsync()).Programs, program => Assert.Equal((program.Name, "RUNNING", 0), (program.Name, program.State, program.Restarts)));
        }

        Assert.All(Enumerable.Range(0, 4), i => Assert.Single(supervisor.LinesOf($"bot{i}.pids")));
        Assert.DoesNotContain("watchdog", supervisor.Log, StringComparison.Ordinal);
    }, TestContext.Current.CancellationToken);
}
