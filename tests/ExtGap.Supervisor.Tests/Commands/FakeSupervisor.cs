using System.Runtime.CompilerServices;
using System.Text;
using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Setup;

namespace ExtGap.Supervisor.Tests.Commands;

/// <summary>A supervisor that answers what a test tells it to, and keeps what it was asked; and what verbs wrote.</summary>
internal sealed class FakeSupervisor
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public List<ControlRequest> Requests { get; } = [];

    /// <summary>What each request is answered with; none where no supervisor runs.</summary>
    public Func<ControlRequest, IEnumerable<ControlReply>>? Answer { get; set; }

    /// <summary>Waited for after the last answer, where there is one.</summary>
    public Task? Hang { get; set; }

    public TextWriter? OutputWriter { get; set; }

    public int? Width { get; set; }

    public string? RunDirectory { get; private set; }

    public bool WasStarted { get; private set; }

    public string? LoadFault { get; set; }

    public Func<string, SupervisorOptions> Load { get; set; } = Samples.Options;

    public Func<ProgramOptions, bool, int, string?> Tail { get; set; } = (_, _, _) => null;

    public Func<ProgramOptions, CancellationToken, Task<BotCheckOutcome>> CheckBot { get; set; } = (_, _) => Task.FromResult(new BotCheckOutcome(null, "not expected"));

    public List<(string Program, OnlineTests Tests)> CheckedOnline { get; } = [];

    public Func<BotProbe, CancellationToken, Task<BotCheckOutcome>> Probe { get; set; } = (_, _) => Task.FromResult(new BotCheckOutcome(null, "not expected"));

    public IPrompts? Prompts { get; set; }

    public string? InputLine { get; set; }

    public Dictionary<string, string> Variables { get; } = [];

    public TaskCompletionSource WasAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Runs a command line whose words have no blanks in them.</summary>
    public Task<int> RunAsync(string line, CancellationToken cancellationToken) => RunAsync(line.Split(' '), cancellationToken);

    public Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken) => CommandLine.RunAsync(arguments, Surroundings(), cancellationToken);

    public Surroundings Surroundings() => new()
    {
        Output = new Screen(OutputWriter ?? Writer(_output), Width),
        Error = new Screen(Writer(_error)),
        Time = Time,
        Variable = Variables.GetValueOrDefault,
        Load = path => LoadFault is null ? Load(path) : throw new SupervisorException(ExitCode.Configuration, LoadFault),
        ConnectAsync = (runDirectory, _, _) => Connect(runDirectory),
        StartSupervisorAsync = async (options, _) =>
        {
            WasStarted = true;
            return new(await Connect(options.RunDirectory), IsNew: true);
        },
        SuperviseAsync = (path, isBackground, _) =>
        {
            _output.Append($"supervises {path}{(isBackground ? " in the background" : string.Empty)}");
            return Task.FromResult(ExitCode.Success);
        },
        TailLog = (program, isStderr, lines) => Tail(program, isStderr, lines),
        FindExecutable = (_, _) => { },
        CheckBotAsync = (program, _, tests, cancellationToken) =>
        {
            lock (CheckedOnline)
            {
                CheckedOnline.Add((program.Name, tests));
            }

            return CheckBot(program, cancellationToken);
        },
        ProbeBotAsync = (probe, cancellationToken) => Probe(probe, cancellationToken),
        Prompts = () => Prompts,
        ReadLineAsync = _ => Task.FromResult(InputLine),
    };

    private static StringWriter Writer(StringBuilder text) => new(text) { NewLine = "\n" };

    private Task<IControlClient> Connect(string runDirectory)
    {
        RunDirectory = runDirectory;
        return Answer is null
            ? throw new SupervisorException(ExitCode.NoSupervisor, "No supervisor runs for /etc/extgap/supervisor.json: 'extgap start-all' starts one.")
            : Task.FromResult<IControlClient>(new Client(this));
    }

    private sealed class Client(FakeSupervisor supervisor) : IControlClient
    {
        public async IAsyncEnumerable<ControlReply> AskAsync(ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            supervisor.Requests.Add(request);
            foreach (var reply in supervisor.Answer!(request))
            {
                yield return reply;
            }

            if (supervisor.Hang is { } hang)
            {
                supervisor.WasAsked.TrySetResult();
                await hang.WaitAsync(cancellationToken);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
