using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Tests.Running.Support;

/// <summary>A child of the runner under test; what is left of its group is killed with the test.</summary>
internal sealed class TestChild : IAsyncDisposable
{
    private static readonly ProcessRunner Runner = new(new Launcher(Executables.Extgap, []), TimeProvider.System);

    private TestChild(ChildProcess process, RecordingSink output, RecordingSink error)
    {
        Process = process;
        Output = output;
        Error = error;
    }

    public ChildProcess Process { get; }

    public RecordingSink Output { get; }

    public RecordingSink Error { get; }

    public int Pid => Process.Pid;

    /// <summary>What each child of these tests has in its environment: enough to find a shell, its tools and .NET.</summary>
    public static Dictionary<string, string> Environment { get; } = new[] { "PATH", "DOTNET_ROOT", "TMPDIR" }
        .Where(name => System.Environment.GetEnvironmentVariable(name) is not null)
        .ToDictionary(name => name, name => System.Environment.GetEnvironmentVariable(name)!);

    public static ChildStart Start(string executable, params IReadOnlyList<string> arguments) => new()
    {
        Executable = executable,
        Arguments = arguments,
        Directory = "/",
        Environment = Environment,
        Output = new RecordingSink(),
        Error = new RecordingSink(),
    };

    public static async Task<TestChild> RunAsync(ChildStart start)
    {
        var started = await Runner.StartAsync(start);
        return new(started.Child!, (RecordingSink)start.Output, (RecordingSink)start.Error);
    }

    public static Task<TestChild> RunAsync(string executable, params IReadOnlyList<string> arguments) => RunAsync(Start(executable, arguments));

    public static Task<TestChild> ShellAsync(string script) => RunAsync("sh", "-c", script);

    public static Task<ChildStarted> TryAsync(ChildStart start) => Runner.StartAsync(start);

    /// <summary>Waits until the process has ended and its group is gone.</summary>
    public async Task<ExitCause> WaitAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await Process.Gone.WaitAsync(cancellationToken);
        return await Process.Ended.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Signal(9);
        await Process.Gone;
    }
}
