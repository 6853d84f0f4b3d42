using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Tests.Running.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtGap.Supervisor.Tests.Running;

/// <summary>What a run leaves to the next one of its program, which may begin as soon as this one is told as gone.</summary>
public sealed class RunEnds : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("extgap-").FullName;

    [Fact(Timeout = 60_000)]
    public async Task A_run_that_is_told_as_gone_takes_nothing_away_from_the_next_ones_notify_socket()
    {
        var listener = new Listener(RunDirectory.NotifySocketPath(_folder, "bot"));
        var context = new LaunchContext(_folder, _folder, TestChild.Environment, new ProcessRunner(new Launcher(Executables.Extgap, []), TimeProvider.System), new LeftoverGroups(_folder, TimeProvider.System, NullLogger.Instance))
        {
            FindBot = () => "/bin/true",
        };

        new ProgramLauncher(context, listener).Launch(new SupervisedProgram(Bot()), 1);

        Assert.False(await listener.SocketAtTheEnd.WaitAsync(TestContext.Current.CancellationToken), "The run still had its socket, and would have removed that of the next one.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProgramOptions Bot() => new()
    {
        Name = "bot",
        Command = new ProgramCommand.Bot(new Dictionary<string, string>(StringComparer.Ordinal)),
        EnvironmentFile = Path.Combine(_folder, ".env"),
        Logs = new(_folder),
    };

    private sealed class Listener(string socket) : IProcessListener
    {
        private readonly TaskCompletionSource<bool> _socketAtTheEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether the socket was still there when the run was told as gone.</summary>
        public Task<bool> SocketAtTheEnd => _socketAtTheEnd.Task;

        public ValueTask HappenedAsync(SupervisedProgram program, ProgramInput input)
        {
            if (input is ProgramInput.Gone or ProgramInput.SpawnFailed)
            {
                _socketAtTheEnd.TrySetResult(File.Exists(socket));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask ToldAsync(SupervisedProgram program, int run, Notification notification) => ValueTask.CompletedTask;
    }
}
