using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.ServiceManagement;

namespace ExtGap.Supervisor.Tests.ServiceManagement;

/// <summary>What a service manager is told, and when.</summary>
public sealed class Notices : IDisposable
{
    private readonly List<ProgramLogs> _logs = [];
    private readonly ServiceNotices _notices = new();
    private bool _isHeard = true;

    [Fact]
    public void It_is_ready_when_the_last_program_that_starts_by_itself_runs()
    {
        Assert.Equal(["EXTEND_TIMEOUT_USEC=90000000", "STATUS=1 running, 1h STARTING"], Tell(Program("3m", ProgramPhase.Running), Program("1h", ProgramPhase.Starting), Idle("extra")));
        Assert.Equal([], Tell(Program("3m", ProgramPhase.Running), Program("1h", ProgramPhase.Starting), Idle("extra")));
        Assert.Equal(["READY=1", "STATUS=2 running"], Tell(Program("3m", ProgramPhase.Running), Program("1h", ProgramPhase.Running), Idle("extra")));
    }

    [Theory]
    [InlineData("Backoff")]
    [InlineData("Fatal")]
    [InlineData("Exited")]
    [InlineData("Stopped")]
    public void A_program_that_has_failed_once_keeps_no_manager_waiting(string phase)
    {
        var failed = Enum.Parse<ProgramPhase>(phase);

        Assert.Equal(["READY=1", $"STATUS=1 running, 1h {phase.ToUpperInvariant()}"], Tell(Program("3m", ProgramPhase.Running), Program("1h", failed)));
    }

    [Fact]
    public void A_failure_that_nobody_saw_counts()
    {
        var again = Program("1h", ProgramPhase.Starting);

        Assert.Contains("READY=1", Tell(again with { State = again.State with { Failures = 1 } }));
    }

    [Fact]
    public void A_program_that_is_killed_because_it_was_not_ready_is_waited_for_until_it_has_gone()
    {
        var killed = Program("1h", ProgramPhase.Stopping);

        Assert.DoesNotContain("READY=1", Tell(killed with { State = killed.State with { After = AfterStop.Recover } }));
        Assert.Contains("READY=1", Tell(killed with { State = killed.State with { After = AfterStop.Stay } }));
    }

    [Fact]
    public void It_stays_ready_when_a_program_fails_later_and_says_which()
    {
        Tell(Program("3m", ProgramPhase.Running));

        Assert.Equal(["STATUS=0 running, 3m BACKOFF"], Tell(Program("3m", ProgramPhase.Backoff)));
        Assert.Equal(["STATUS=0 running, 3m STARTING"], Tell(Program("3m", ProgramPhase.Starting)));
    }

    [Fact]
    public void A_reload_is_told_with_the_time_and_is_over_when_it_is()
    {
        Tell(Program("3m", ProgramPhase.Running));

        Assert.Equal(["RELOADING=1", "MONOTONIC_USEC=12000001", "EXTEND_TIMEOUT_USEC=150000000"], Tell(isReloading: true, isStopping: false, Program("3m", ProgramPhase.Running)));
        Assert.Equal(["READY=1"], Tell(Program("3m", ProgramPhase.Running)));
    }

    [Fact]
    public void A_reload_before_it_is_ready_is_part_of_the_start()
    {
        Tell(Program("3m", ProgramPhase.Starting));

        Assert.Equal([], Tell(isReloading: true, isStopping: false, Program("3m", ProgramPhase.Starting)));
        Assert.Equal(["RELOADING=1", "MONOTONIC_USEC=12000001", "EXTEND_TIMEOUT_USEC=150000000", "STATUS=1 running"], Tell(isReloading: true, isStopping: false, Program("3m", ProgramPhase.Running)));
    }

    [Theory]
    [InlineData("Starting")]
    [InlineData("Running")]
    public void A_stop_asks_for_the_time_that_the_configuration_allows_whatever_was_before(string phase)
    {
        Tell(Program("3m", Enum.Parse<ProgramPhase>(phase)));
        var slow = Program("3m", ProgramPhase.Stopping, TimeSpan.FromMinutes(20));

        Assert.Equal(["STOPPING=1", "EXTEND_TIMEOUT_USEC=1230000000", "STATUS=0 running, 3m STOPPING"], Tell(isReloading: true, isStopping: true, slow));
        Assert.Equal(["STATUS=0 running, 3m STOPPED"], Tell(isReloading: true, isStopping: true, Program("3m", ProgramPhase.Stopped)));
    }

    [Fact]
    public void What_found_no_room_is_said_again_and_what_was_overtaken_is_not()
    {
        _isHeard = false;
        Tell(Program("3m", ProgramPhase.Starting));
        Tell(Program("3m", ProgramPhase.Running));
        _isHeard = true;
        Assert.Equal(["READY=1", "STATUS=1 running"], Tell(Program("3m", ProgramPhase.Running)));

        _isHeard = false;
        Tell(isReloading: true, isStopping: false, Program("3m", ProgramPhase.Running));
        _isHeard = true;
        Assert.Equal([], Tell(Program("3m", ProgramPhase.Running)));
    }

    [Fact]
    public void What_a_program_wrote_can_be_no_assignment()
    {
        var failed = Program("3m", ProgramPhase.Fatal);

        Assert.Equal(["READY=1", "STATUS=0 running, 3m FATAL"], Tell(failed with { State = failed.State with { Reason = "x\nMAINPID=1", LastError = "y\nMAINPID=1" } }));
    }

    public void Dispose() => _logs.ForEach(logs => logs.Dispose());

    private IReadOnlyList<string> Tell(params IReadOnlyList<ProgramView> programs) => Tell(isReloading: false, isStopping: false, programs);

    private IReadOnlyList<string> Tell(bool isReloading, bool isStopping, params IReadOnlyList<ProgramView> programs)
    {
        IReadOnlyList<string> told = [];
        _notices.Tell(programs, isReloading, isStopping, TimeSpan.FromMicroseconds(12_000_001), assignments =>
        {
            told = assignments;
            return _isHeard;
        });
        return told;
    }

    private ProgramView Idle(string name) => View(name, ProgramState.Initial, autoStart: false, TimeSpan.FromSeconds(30));

    private ProgramView Program(string name, ProgramPhase phase, TimeSpan? stopTimeout = null) =>
        View(name, new() { Phase = phase, WasStarted = true }, autoStart: true, stopTimeout ?? TimeSpan.FromSeconds(30));

    private ProgramView View(string name, ProgramState state, bool autoStart, TimeSpan stopTimeout)
    {
        var options = new ProgramOptions
        {
            Name = name,
            Command = new ProgramCommand.Bot(new Dictionary<string, string>(StringComparer.Ordinal)),
            EnvironmentFile = ".env",
            AutoStart = autoStart,
            Stop = new() { Timeout = stopTimeout },
            Logs = new("logs"),
        };
        _logs.Add(new(options));
        return new(options, state, null, _logs[^1]);
    }
}
