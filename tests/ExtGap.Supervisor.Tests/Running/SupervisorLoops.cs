using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Tests.Control;
using ExtGap.Supervisor.Tests.Running.Support;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>What others see of the loop while it has much to do, and when it is over.</summary>
public sealed class SupervisorLoops : IDisposable
{
    private const int LoopFailed = 325;

    private readonly RealisticTime _time = new();
    private readonly HeldLauncher _launcher = new();
    private readonly RecordedLog _log = new();
    private readonly SupervisorLoop _loop;
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    public SupervisorLoops() => _loop = new(_ => _launcher, new IncidentWatch(_ => { }), _time, new Random(1), _log);

    [Fact(Timeout = 30_000)]
    public async Task Whoever_has_the_answer_to_a_wish_sees_it_in_the_snapshot_whatever_else_waits()
    {
        var wish = _loop.WishAsync(new ProgramInput.Start(), ["a"], _token);
        var held = HoldAsync();
        _ = BeginAsync();

        await wish.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ProgramPhase.Starting, Snapshot("a").Phase);
        await ReleaseAsync(held);
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_has_the_answer_to_a_reload_sees_it_in_the_snapshot_whatever_else_waits()
    {
        var options = new SupervisorOptions { Folder = "/x", EnvironmentFile = "/x/.env", Path = "/x/supervisor.json", RunDirectory = "/x/run", Logs = new("/x/logs"), Programs = [Program("held"), Program("new") with { AutoStart = true }] };
        var reload = _loop.ReloadAsync(options, _token);
        var held = HoldAsync();
        _ = BeginAsync();

        await reload.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["held", "new"], _loop.Snapshot.Get().Value.Select(program => program.Name));
        await ReleaseAsync(held);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_tick_that_found_no_room_costs_none_of_the_later_ones()
    {
        _ = BeginAsync();
        await StartAsync("a");
        var held = HoldAsync();
        await _launcher.Reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        var looks = Enumerable.Range(0, 2000).Select(_ => _loop.LookAsync(_token)).ToList();
        _time.Advance(TimeSpan.FromSeconds(1));
        await ReleaseAsync(held);
        await Task.WhenAll(looks);
        await _loop.HappenedAsync(_launcher.Launched["held"].Program, new ProgramInput.Spawned(1, 1002));
        await _loop.LookAsync(_token);

        _time.Advance(TimeSpan.FromSeconds(1));

        await _loop.Snapshot.WaitForAsync(programs => programs.All(program => program.State.Phase == ProgramPhase.Running), _token);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_tick_that_is_late_is_not_missed_when_nothing_is_due_any_more()
    {
        _ = BeginAsync();
        await StartAsync("a");
        await _loop.WishAsync(new ProgramInput.Stop(), null, _token);
        await _loop.LookAsync(_token);
        _time.IsLate = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        await _loop.HappenedAsync(_launcher.Launched["a"].Program, new ProgramInput.Ended(1, new ExitCause.Exited(0)));
        await _loop.HappenedAsync(_launcher.Launched["a"].Program, new ProgramInput.Gone(1, null));

        await _loop.Snapshot.WaitForAsync(programs => programs.All(program => program.State.Phase == ProgramPhase.Stopped), TestContext.Current.CancellationToken);

        // One input after the other: with the answer to this one, the loop has dealt with all before it.
        await _loop.LookAsync(_token);
        Assert.Empty(_log.Of(LoopFailed));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_asks_a_loop_that_is_over_is_told_at_once()
    {
        var run = BeginAsync();
        await _loop.ShutDownAsync();
        Assert.True(await run.WaitAsync(TestContext.Current.CancellationToken));

        await Assert.ThrowsAsync<SupervisorEndingException>(() => _loop.LookAsync(_token));
        await Assert.ThrowsAsync<SupervisorEndingException>(() => _loop.WishAsync(new ProgramInput.Start(), null, _token));
        await _loop.ShutDownAsync();

        // That all has stopped is so.
        Assert.All(await _loop.WishAsync(new ProgramInput.Stop(), null, _token), program => Assert.Equal(ProgramPhase.Stopped, program.State.Phase));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_looks_at_the_snapshot_learns_of_a_shutdown_though_all_programs_are_stopping_already()
    {
        _ = BeginAsync();
        await StartAsync("a");
        await _loop.WishAsync(new ProgramInput.Stop(), null, _token);
        await _loop.LookAsync(_token);
        var (_, changed) = _loop.Snapshot.Get();
        Assert.Equal(ProgramPhase.Stopping, Snapshot("a").Phase);

        await _loop.ShutDownAsync();

        await changed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(_loop.IsShuttingDown);
    }

    public void Dispose()
    {
        _launcher.Release.Set();
        _ = _loop.ShutDownAsync().AsTask();
    }

    private static ProgramOptions Program(string name) => new()
    {
        Name = name,
        AutoStart = false,
        StartTime = TimeSpan.FromSeconds(1),
        Command = new ProgramCommand.Executable("true", [], "/"),
        EnvironmentFile = "/none",
        Logs = new("/x/logs"),
    };

    private Task<bool> BeginAsync() => Task.Run(() => _loop.RunAsync([Program("a"), Program("held")]));

    // The loop stands still in the start of this program, and has published nothing since.
    private Task<IReadOnlyList<ProgramView>> HoldAsync() => _loop.WishAsync(new ProgramInput.Start(), ["held"], _token);

    private async Task ReleaseAsync(Task held)
    {
        _launcher.Release.Set();
        await held;
    }

    private async Task StartAsync(string name)
    {
        await _loop.WishAsync(new ProgramInput.Start(), [name], _token);
        await _loop.HappenedAsync(_launcher.Launched[name].Program, new ProgramInput.Spawned(1, 1001));
        await _loop.LookAsync(_token);
    }

    private ProgramState Snapshot(string name) => _loop.Snapshot.Get().Value.Single(program => program.Name == name).State;

    /// <summary>A clock that a test moves. Its timers take no more than real ones do, some 50 days, and can be as late as those.</summary>
    private sealed class RealisticTime : FakeTimeProvider
    {
        public bool IsLate { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new LimitedTimer(base.CreateTimer(given => CallUnlessLate(callback, given), state, dueTime, period));

        private void CallUnlessLate(TimerCallback callback, object? state)
        {
            if (!IsLate)
            {
                callback(state);
            }
        }

        private sealed class LimitedTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, TimeSpan.FromMilliseconds(uint.MaxValue - 1));
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }

    private sealed class HeldLauncher : IProgramLauncher
    {
        public Dictionary<string, (SupervisedProgram Program, int Run)> Launched { get; } = [];

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Release { get; } = new();

        public IProgramRun Launch(SupervisedProgram program, int run)
        {
            Launched[program.Options.Name] = (program, run);
            if (program.Options.Name == "held")
            {
                Reached.SetResult();
                Release.Wait();
            }

            return new Nothing();
        }

        private sealed class Nothing : IProgramRun
        {
            public void Signal(ProgramSignal signal)
            {
            }
        }
    }
}
