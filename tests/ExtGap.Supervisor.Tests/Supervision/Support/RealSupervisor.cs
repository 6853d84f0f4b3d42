using System.Diagnostics;
using System.Globalization;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Running.Native;
using ExtGap.Supervisor.Tests.Running.Support;
using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Supervision.Support;

/// <summary>The real executable with a configuration and a folder of its own. Whatever happens, nothing of it is left at the end.</summary>
internal sealed class RealSupervisor : IAsyncDisposable
{
    public const string Defaults = """
        "defaults": { "startSeconds": 0.05, "readyTimeout": "30s", "watchdog": "10s", "stop": { "timeout": "1s" }, "restart": { "initialDelay": "100ms", "maxDelay": "1s", "jitter": 0 } }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly string FakeBot = Path.Combine(Repository.Root, "tests", "ExtGap.Supervisor.Tests", "Supervision", "Support", "fake-bot.sh");

    private readonly TemporaryFolder _folder = new();

    private RealSupervisor(string[] programs) => Configure(programs);

    public string Folder => _folder.Path;

    public string Configuration => _folder["supervisor.json"];

    public string RunDirectory => _folder["run"];

    public string Socket => ExtGap.Supervisor.Configuration.RunDirectory.ControlSocketPath(RunDirectory);

    /// <summary>The supervisor, where it was started in the foreground.</summary>
    public Process? Foreground { get; private set; }

    /// <summary>The supervisor in the foreground.</summary>
    public string[] Command => [Executables.Extgap, "supervise", "--config", Configuration];

    /// <summary>The supervisor's process, as its own file has it.</summary>
    public int Pid => SupervisorHolder.Read(RunDirectory)!.Pid;

    public string Log => TextOf("logs/supervisor.log");

    /// <summary>Names of programs of which two generations met.</summary>
    public string Clashes => TextOf("clashes");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A configuration, and nothing that runs.</summary>
    public static RealSupervisor Prepare(params string[] programs) => new(programs);

    /// <summary>A supervisor in the foreground that answers.</summary>
    public static async Task<RealSupervisor> StartAsync(params string[] programs)
    {
        var supervisor = new RealSupervisor(programs);
        await supervisor.SuperviseAsync();
        return supervisor;
    }

    /// <summary>Writes the configuration.</summary>
    public void Configure(string[] programs, string settings = "") =>
        File.WriteAllText(Configuration, $$"""{ {{Defaults}}{{settings}}, "programs": { {{string.Join(",\n", programs)}} } }""");

    /// <summary>Starts the supervisor in the foreground, or another command that becomes one, and waits until it answers.</summary>
    public async Task SuperviseAsync(params string[] command)
    {
        var start = StartOf(["sh", "-c", "out=$0; exec \"$@\" >>\"$out\" 2>&1", _folder["console"], .. command.Length > 0 ? command : Command]);
        start.WorkingDirectory = Folder;
        Foreground = Process.Start(start)!;
        await AnswersAsync();
    }

    /// <summary>Waits until it answers.</summary>
    public Task AnswersAsync() => UntilAsync(CanAnswerAsync, "it answers");

    /// <summary>Runs a verb to its end.</summary>
    public async Task<VerbResult> VerbAsync(params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(StartOf([Executables.Extgap, .. arguments, "--config", Configuration]))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return new(process.ExitCode, await output + await error, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Starts anything in these surroundings, away from the folder.</summary>
    public static ProcessStartInfo StartOf(params string[] command) => new(command[0], command[1..])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
        Environment = { ["EXTGAP_BOT"] = FakeBot, ["TEST_PROGRAM"] = Executables.TestProgram },
    };

    /// <summary>Asks as a verb does, without a process of its own.</summary>
    public async Task<VerbResult> AskAsync(ControlRequest request)
    {
        var started = Stopwatch.GetTimestamp();
        var lines = new List<string>();
        var code = -1;
        await using var client = await ControlClient.ConnectAsync(RunDirectory, Configuration, TimeProvider.System, Token);
        await foreach (var reply in client.AskAsync(request, Token))
        {
            switch (reply)
            {
                case ControlReply.Progress progress:
                    lines.Add(progress.Text);
                    break;
                case ControlReply.Failed failed:
                    lines.Add(failed.Error);
                    code = failed.ExitCode;
                    break;
                case ControlReply.Done done:
                    code = done.ExitCode;
                    break;
            }
        }

        return new(code, string.Join('\n', lines), Stopwatch.GetElapsedTime(started));
    }

    public async Task<SupervisorStatus> StatusAsync()
    {
        await using var client = await ControlClient.ConnectAsync(RunDirectory, Configuration, TimeProvider.System, Token);
        await foreach (var reply in client.AskAsync(new ControlRequest.Status([], null), Token))
        {
            if (reply is ControlReply.Report report)
            {
                return report.Status;
            }
        }

        throw new InvalidOperationException("It has answered without a status.");
    }

    public async Task<ProgramStatus> StatusAsync(string name) => (await StatusAsync()).Programs.Single(program => program.Name == name);

    /// <summary>Waits until a program is in a state.</summary>
    public Task<ProgramStatus> IsAsync(string name, string state) => IsAsync(name, program => program.State == state, state);

    /// <summary>Waits until a program is as it should be.</summary>
    public async Task<ProgramStatus> IsAsync(string name, Func<ProgramStatus, bool> condition, string what)
    {
        ProgramStatus? last = null;
        await UntilAsync(async () => condition(last = await StatusAsync(name)), $"{name} is {what}", () => $"it is {last}");
        return last!;
    }

    /// <summary>Waits until all programs run.</summary>
    public Task AllRunAsync() => UntilAsync(async () => (await StatusAsync()).Programs.All(program => program.State == "RUNNING"), "all run");

    public Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null) => UntilAsync(() => Task.FromResult(condition()), what, limit: limit);

    /// <summary>Waits for a file that a program makes.</summary>
    public Task FileAsync(string name) => UntilAsync(() => File.Exists(_folder[name]), $"there is a file {name}");

    /// <summary>What a file in the folder holds; nothing where there is none.</summary>
    public string TextOf(string name) => File.Exists(_folder[name]) ? File.ReadAllText(_folder[name]) : string.Empty;

    public string[] LinesOf(string name) => TextOf(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All processes of this supervisor, it included.</summary>
    public List<ProcessStat> Processes() => FolderProcesses.In(Folder);

    /// <summary>Sends the supervisor a signal.</summary>
    public void Signal(int signal) => Assert.Equal(0, LibC.Kill(Pid, signal));

    /// <summary>Waits until the supervisor in the foreground has ended.</summary>
    public async Task<int> EndsAsync()
    {
        await Foreground!.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        return Foreground.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAllAsync();
        Foreground?.Dispose();
        _folder.Dispose();
    }

    private async Task KillAllAsync()
    {
        bool KillAll()
        {
            // The supervisor first, lest it start them again.
            var left = Processes().OrderByDescending(process => FolderProcesses.CommandLine(process.Pid).Contains("supervise", StringComparison.Ordinal)).ToList();
            left.ForEach(process => LibC.Kill(process.Pid, Signals.Kill));
            return left.Count == 0;
        }

        await ProcessGroup.PollAsync(KillAll, TimeProvider.System, Patience);
    }

    private async Task<bool> CanAnswerAsync()
    {
        try
        {
            await StatusAsync();
            return true;
        }
        catch (SupervisorException e)
        {
            return Foreground is { HasExited: true } ? throw new InvalidOperationException($"It has ended with {Foreground.ExitCode}: {TextOf("console")}", e) : false;
        }
    }

    private async Task UntilAsync(Func<Task<bool>> condition, string what, Func<string>? instead = null, TimeSpan? limit = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (limit ?? Patience))
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Not within {(limit ?? Patience).TotalSeconds} s: {what}; {instead?.Invoke()}\n{Log}\n{TextOf("console")}"));
            }

            await Task.Delay(BetweenLooks, TimeProvider.System, Token);
        }
    }
}

/// <summary>What came of a verb.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Text">What it said.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record VerbResult(int Code, string Text, TimeSpan Elapsed);
