using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>Whoever is answered by the loop finds the snapshot as it is after the wish, however busy the loop is.</summary>
public sealed class WishAnswers : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("extgap-").FullName;
    private readonly BusyLauncher _launcher = new();

    [Fact(Timeout = 30_000)]
    public async Task The_snapshot_after_the_answer_to_a_stop_has_the_stop()
    {
        using var loop = new SupervisorLoop(_ => _launcher, new IncidentWatch(_ => { }), TimeProvider.System, new Random(1), NullLogger.Instance);

        // In the loop's queue before it begins: the second keeps it busy until the first's answer has been looked at.
        var stop = loop.WishAsync(new ProgramInput.Stop(), ["started"], TestContext.Current.CancellationToken);
        var start = loop.WishAsync(new ProgramInput.Start(), ["busy"], TestContext.Current.CancellationToken);
        var running = Task.Run(() => loop.RunAsync([Program("started"), Program("busy") with { AutoStart = false }]), TestContext.Current.CancellationToken);

        var heard = await stop;
        await _launcher.Busy.WaitAsync(TestContext.Current.CancellationToken);
        var seen = loop.Snapshot.Get().Value;
        _launcher.Release.SetResult();
        await start;

        Assert.Equal(ProgramPhase.Stopping, heard[0].State.Phase);
        Assert.Equal(heard[0].State, Assert.Single(seen, program => program.Name == "started").State);
        Assert.False(running.IsCompleted);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProgramOptions Program(string name) => new()
    {
        Name = name,
        Command = new ProgramCommand.Executable("/bin/true", [], _folder),
        EnvironmentFile = Path.Combine(_folder, ".env"),
        Logs = new(_folder),
    };

    private sealed class BusyLauncher : IProgramLauncher, IProgramRun
    {
        private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Busy => _busy.Task;

        public TaskCompletionSource Release { get; } = new();

        public IProgramRun Launch(SupervisedProgram program, int run)
        {
            if (program.Options.Name == "busy")
            {
                _busy.SetResult();
                Release.Task.Wait();
            }

            return this;
        }

        public void Signal(ProgramSignal signal)
        {
        }
    }
}
