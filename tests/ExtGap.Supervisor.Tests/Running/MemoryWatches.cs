using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Tests.Control;
using ExtGap.Supervisor.Tests.Running.Support;

namespace ExtGap.Supervisor.Tests.Running;

public sealed class MemoryWatches
{
    private const int NotMeasured = 337;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    [Fact(Timeout = 30_000)]
    public async Task A_look_that_the_system_refuses_is_logged_and_is_not_the_last_one()
    {
        var token = TestContext.Current.CancellationToken;
        var time = new WatchedTime();
        var log = new RecordedLog();
        var launcher = new IdleLauncher();
        using var loop = new SupervisorLoop(_ => launcher, new IncidentWatch(_ => { }), TimeProvider.System, new Random(1), log);
        var running = loop.RunAsync([Program]);
        await loop.WishAsync(new ProgramInput.Start(), ["big"], token);
        await loop.HappenedAsync(launcher.Launched!, new ProgramInput.Spawned(1, 1001));
        await loop.Snapshot.WaitForAsync(programs => programs[0].State.Pid == 1001, token);
        var looks = 0;
        using var ended = new CancellationTokenSource();
        var watch = MemoryWatch.RunAsync(loop, usages => usages[1001] = ++looks > 1 ? new(default, 2000, 1) : throw new IOException("Too many open files."), time, log, ended.Token);

        time.Advance(BetweenLooks);
        await log.SeenAsync(NotMeasured, token);
        await time.TimersAsync(BetweenLooks, 2, token);
        time.Advance(BetweenLooks);
        await loop.Snapshot.WaitForAsync(programs => programs[0].State.Reason?.StartsWith("memory", StringComparison.Ordinal) == true, token);

        Assert.Equal(["The programs' memory can't be measured, next try in 5 s: Too many open files."], log.Of(NotMeasured));
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        await loop.HappenedAsync(launcher.Launched!, new ProgramInput.Ended(1, new ExitCause.Exited(0)));
        await loop.HappenedAsync(launcher.Launched!, new ProgramInput.Emptied(1));
        await loop.HappenedAsync(launcher.Launched!, new ProgramInput.Gone(1, null));
        await loop.ShutDownAsync();
        Assert.True(await running.WaitAsync(token));
    }

    private static ProgramOptions Program => new()
    {
        Name = "big",
        AutoStart = false,
        StartTime = TimeSpan.Zero,
        MaxMemory = 1000,
        Command = new ProgramCommand.Executable("true", [], "/"),
        EnvironmentFile = "/none",
        Logs = new("/x/logs"),
    };

    private sealed class IdleLauncher : IProgramLauncher, IProgramRun
    {
        public SupervisedProgram? Launched { get; private set; }

        public IProgramRun Launch(SupervisedProgram program, int run)
        {
            Launched = program;
            return this;
        }

        public void Signal(ProgramSignal signal)
        {
        }
    }
}
