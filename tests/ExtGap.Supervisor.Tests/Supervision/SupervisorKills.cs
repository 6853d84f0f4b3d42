using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Supervisor.Tests.Supervision.Support;

namespace ExtGap.Supervisor.Tests.Supervision;

/// <summary>SIGKILL of a supervisor that has a program in each state.</summary>
public sealed class SupervisorKills
{
    private const string OnceOnly = """ "restart": { "policy": "never" } """;

    // What each does in the second generation, when the file is there.
    private const string Behave = "[ -e go ] && exec sleep 1000; ";
    private const string BehaveAsBot = "[ -e go ] && exec \"$TEST_PROGRAM\" ready; ";

    private static readonly string[] Programs =
    [
        Entry.Bot("starting", BehaveAsBot + "exec \"$TEST_PROGRAM\" never-ready"),
        Entry.ReadyBot("bot"),
        Entry.Stubborn("command"),
        Entry.Shell("backoff", Behave + "exit 1", """ "restart": { "initialDelay": "1h", "maxDelay": "1h" } """),
        Entry.Stubborn("stopping", """ "stop": { "timeout": "1h" } """),
        Entry.Bot("fatal", BehaveAsBot + "echo broken >&2; exit 78"),
        Entry.Shell("exited", Behave + "exit 0", OnceOnly),
    ];

    [Fact(Timeout = Repeated.Timeout)]
    public Task Nobody_outlives_a_killed_supervisor_and_nothing_is_in_the_way_of_the_next() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(Programs);
        await ComeToTheirStatesAsync(supervisor);

        supervisor.Signal(Signals.Kill);
        await supervisor.UntilAsync(() => supervisor.Processes().Count == 0, "all are gone", TimeSpan.FromSeconds(5));

        await File.WriteAllTextAsync(Path.Combine(supervisor.Folder, "go"), string.Empty, TestContext.Current.CancellationToken);
        await StartsAtOnceAsync(supervisor);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Repeated.Timeout)]
    public Task A_start_right_after_the_kill_waits_for_nobody_and_doubles_nobody() => Repeated.RunAsync(async () =>
    {
        await using var supervisor = await RealSupervisor.StartAsync(
            Entry.ReadyBot("bot"), Entry.Stubborn("command"), Entry.Shell("family", "(trap '' TERM HUP; exec sleep 1000) & wait"));
        await supervisor.AllRunAsync();

        supervisor.Signal(Signals.Kill);
        await StartsAtOnceAsync(supervisor);
    }, TestContext.Current.CancellationToken);

    private static async Task ComeToTheirStatesAsync(RealSupervisor supervisor)
    {
        await supervisor.FileAsync("stopping.up");
        await supervisor.IsAsync("stopping", "RUNNING");
        _ = supervisor.AskAsync(new ControlRequest.Stop(["stopping"])).ContinueWith(lost => lost.Exception, TaskScheduler.Default);
        await supervisor.IsAsync("starting", program => program is { State: "STARTING", Pid: not null }, "STARTING");
        await supervisor.IsAsync("bot", "RUNNING");
        await supervisor.IsAsync("command", "RUNNING");
        await supervisor.IsAsync("backoff", "BACKOFF");
        await supervisor.IsAsync("stopping", "STOPPING");
        Assert.Equal("broken", (await supervisor.IsAsync("fatal", "FATAL")).Reason);
        await supervisor.IsAsync("exited", "EXITED");
    }

    private static async Task StartsAtOnceAsync(RealSupervisor supervisor)
    {
        var start = await supervisor.VerbAsync("start-all");

        Assert.True(start.Code == 0, start.Text + supervisor.Log);
        var status = await supervisor.StatusAsync();
        Assert.All(status.Programs, program => Assert.Equal("RUNNING", program.State));
        Assert.Empty(supervisor.Clashes);

        // A session for each program and the supervisor's own.
        await supervisor.UntilAsync(() => supervisor.Processes().Select(process => process.Session).Distinct().Count() == status.Programs.Count + 1, "each program has one session");
    }
}
