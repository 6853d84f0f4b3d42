using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>What a new configuration does to the programs of the old one.</summary>
public sealed class ProgramSets : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("extgap-").FullName;
    private readonly FakeLauncher _launcher = new();
    private readonly ProgramSet _programs;
    private TimeSpan _now;

    public ProgramSets() => _programs = new(_launcher, () => _now, new Random(1), NullLogger.Instance);

    [Fact]
    public void Programs_start_in_the_order_of_the_configuration_but_those_that_wait_to_be_asked()
    {
        _programs.TakeOver([Program("b"), Program("a"), Program("c") with { AutoStart = false }]);

        Assert.Equal(["b", "a"], _launcher.Launched);
        Assert.Equal(["b", "a", "c"], _programs.Views().Select(program => program.Name));
    }

    [Fact]
    public void A_reload_starts_what_is_new_stops_what_is_gone_restarts_what_changed_and_leaves_the_rest()
    {
        _programs.TakeOver([Program("same"), Program("gone"), Program("changed")]);
        Run("same", "gone", "changed");
        _launcher.Launched.Clear();

        var result = _programs.TakeOver([Program("new"), Program("changed") with { MaxMemory = 1_000_000_000 }, Program("same")]);

        Assert.Equal(["new"], result.Started);
        Assert.Equal(["gone"], result.Stopped);
        Assert.Equal(["changed"], result.Restarted);
        Assert.Equal(["new"], _launcher.Launched);
        Assert.Equal([("gone", ProgramSignal.Stop), ("changed", ProgramSignal.Stop)], _launcher.Signals.OrderByDescending(signal => signal.Program, StringComparer.Ordinal));
        Assert.Equal(["new", "changed", "same"], _programs.Views().Select(program => program.Name));
        Assert.Equal(ProgramPhase.Running, Find("same").State.Phase);
    }

    [Fact]
    public void A_program_that_is_gone_from_the_configuration_stays_until_its_process_has_gone()
    {
        _programs.TakeOver([Program("gone")]);
        Run("gone");
        _programs.TakeOver([]);
        _programs.PassTime();
        var gone = Assert.Single(_programs.Programs);

        End(gone);
        _programs.PassTime();

        Assert.Empty(_programs.Programs);
    }

    [Fact]
    public void A_stop_of_what_was_killed_before_is_a_change_for_it_needs_no_kill()
    {
        _programs.TakeOver([Program("one")]);
        Run("one");
        _programs.Apply(Find("one"), new ProgramInput.Stop());
        _now += TimeSpan.FromMinutes(1);
        _programs.PassTime();
        End(Find("one"));
        Assert.True(Find("one").State.WasKilled);
        _programs.HasChanged = false;

        _programs.Grant(new ProgramInput.Stop(), _ => true);

        Assert.True(_programs.HasChanged);
        Assert.False(Find("one").State.WasKilled);
    }

    [Fact]
    public void A_program_that_comes_back_while_its_process_is_stopping_starts_again_and_has_one_process_at_a_time()
    {
        _programs.TakeOver([Program("one")]);
        Run("one");
        _programs.TakeOver([]);
        _programs.TakeOver([Program("one") with { MaxMemory = 5_000_000 }]);
        Assert.Equal(["one"], _launcher.Launched);

        End(Find("one"));

        Assert.Equal(["one", "one"], _launcher.Launched);
        Assert.Equal(5_000_000, Find("one").Options.MaxMemory);
    }

    [Fact]
    public void A_program_that_somebody_stopped_stays_stopped_when_its_configuration_changes()
    {
        _programs.TakeOver([Program("one")]);
        Run("one");
        _programs.Apply(Find("one"), new ProgramInput.Stop());
        End(Find("one"));

        var result = _programs.TakeOver([Program("one") with { MaxMemory = 5_000_000 }]);

        Assert.Equal(["one"], result.Changed);
        Assert.Equal(ProgramPhase.Stopped, Find("one").State.Phase);
    }

    [Fact]
    public void A_program_that_had_failed_for_good_is_tried_again_when_its_configuration_changes()
    {
        _programs.TakeOver([Program("one")]);
        _programs.Apply(Find("one"), new ProgramInput.SpawnFailed(1, "there is no executable", IsPermanent: true));
        Assert.Equal(ProgramPhase.Fatal, Find("one").State.Phase);

        var result = _programs.TakeOver([Program("one") with { MaxMemory = 5_000_000 }]);

        Assert.Equal(["one"], result.Started);
        Assert.Equal(ProgramPhase.Starting, Find("one").State.Phase);
    }

    [Fact]
    public void Words_of_an_earlier_process_are_not_told_as_those_of_the_one_that_runs()
    {
        _programs.TakeOver([Program("one")]);
        Run("one");
        var one = Find("one");
        _programs.Hear(one, one.State.Run, new() { Words = "first" });
        Assert.Equal("first", one.Word?.Words);
        _programs.Apply(one, new ProgramInput.Restart());
        End(one);
        Run("one");

        _programs.Hear(one, one.State.Run - 1, new() { Words = "late" });

        Assert.Null(one.Word);
    }

    public void Dispose()
    {
        foreach (var program in _programs.Programs)
        {
            program.Logs.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private SupervisedProgram Find(string name) => _programs.Programs.First(program => program.Options.Name == name);

    private void Run(params string[] names)
    {
        foreach (var program in names.Select(Find))
        {
            _programs.Apply(program, new ProgramInput.Spawned(program.State.Run, 100));
            _now += program.Options.StartTime;
            _programs.PassTime();
            Assert.Equal(ProgramPhase.Running, program.State.Phase);
        }
    }

    private void End(SupervisedProgram program)
    {
        _programs.Apply(program, new ProgramInput.Ended(program.State.Run, new ExitCause.Exited(0)));
        _programs.Apply(program, new ProgramInput.Gone(program.State.Run, null));
    }

    private ProgramOptions Program(string name) => new()
    {
        Name = name,
        Command = new ProgramCommand.Executable("/bin/true", [], _folder),
        EnvironmentFile = Path.Combine(_folder, ".env"),
        Logs = new(_folder),
    };

    private sealed class FakeLauncher : IProgramLauncher
    {
        public List<string> Launched { get; } = [];

        public List<(string Program, ProgramSignal Signal)> Signals { get; } = [];

        public IProgramRun Launch(SupervisedProgram program, int run)
        {
            Launched.Add(program.Options.Name);
            return new FakeRun(this, program.Options.Name);
        }

        private sealed class FakeRun(FakeLauncher launcher, string name) : IProgramRun
        {
            public void Signal(ProgramSignal signal) => launcher.Signals.Add((name, signal));
        }
    }
}
