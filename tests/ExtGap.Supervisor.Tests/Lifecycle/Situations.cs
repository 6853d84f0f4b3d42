using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle;

/// <summary>Programs in each situation that can be told apart, and each input, by the names that the table gives them.</summary>
internal static class Situations
{
    public const int Run = 7;

    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1000);

    private static readonly TimeSpan Before = Deadline - TimeSpan.FromSeconds(1);

    private static readonly ProgramState Living = new() { Run = Run, Pid = 4321, WasStarted = true, Since = TimeSpan.FromSeconds(900), Deadline = Deadline, Failures = 2, Restarts = 6 };

    private static readonly ProgramState Dead = Living with { Pid = null, Cause = StopCause.Ended, LastExit = new ExitCause.Exited(1) };

    private static readonly Dictionary<string, ProgramState> ByName = new()
    {
        ["STOPPED"] = Dead with { Phase = ProgramPhase.Stopped, Deadline = null, Failures = 0 },
        ["STARTING unspawned"] = Living with { Phase = ProgramPhase.Starting, Pid = null, Deadline = null },
        ["STARTING"] = Living with { Phase = ProgramPhase.Starting },
        ["RUNNING"] = Living with { Phase = ProgramPhase.Running },
        ["RUNNING suspected"] = Living with { Phase = ProgramPhase.Running, IsSuspected = true },
        ["BACKOFF"] = Dead with { Phase = ProgramPhase.Backoff, Reason = "exit code 1" },
        ["STOPPING unspawned"] = Living with { Phase = ProgramPhase.Stopping, Cause = StopCause.Asked, Pid = null, Deadline = null },
        ["STOPPING to stay"] = Living with { Phase = ProgramPhase.Stopping, Cause = StopCause.Asked },
        ["STOPPING to again"] = Living with { Phase = ProgramPhase.Stopping, Cause = StopCause.Asked, After = AfterStop.StartAgain },
        ["STOPPING ended"] = Recovering(StopCause.Ended),
        ["STOPPING unready"] = Recovering(StopCause.NotReady),
        ["STOPPING silent"] = Recovering(StopCause.Silent),
        ["STOPPING bloated"] = Recovering(StopCause.TooMuchMemory),
        ["EXITED"] = Dead with { Phase = ProgramPhase.Exited, Deadline = null, LastExit = new ExitCause.Exited(0), Reason = "exit code 0" },
        ["FATAL"] = Dead with { Phase = ProgramPhase.Fatal, Deadline = null, Reason = "no such symbol" },
    };

    private static readonly Dictionary<string, ProgramInput> Inputs = new()
    {
        ["Start"] = new ProgramInput.Start(),
        ["Stop"] = new ProgramInput.Stop(),
        ["Restart"] = new ProgramInput.Restart(),
        ["early Tick"] = new ProgramInput.Tick(),
        ["due Tick"] = new ProgramInput.Tick(),
        ["due Overslept"] = new ProgramInput.Overslept(),
        ["Spawned"] = new ProgramInput.Spawned(Run, 4322),
        ["SpawnFailed"] = new ProgramInput.SpawnFailed(Run, "Resource temporarily unavailable", IsPermanent: false),
        ["no executable"] = new ProgramInput.SpawnFailed(Run, "There is no extgap-bot.", IsPermanent: true),
        ["Ready"] = new ProgramInput.Ready(Run),
        ["Alive"] = new ProgramInput.Alive(Run),
        ["too much memory"] = new ProgramInput.TooMuchMemory(Run, 300_400_000),
        ["Ended"] = new ProgramInput.Ended(Run, new ExitCause.Exited(3)),
        ["Gone"] = new ProgramInput.Gone(Run, "last words"),
    };

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static IReadOnlyCollection<string> InputNames => Inputs.Keys;

    /// <summary>A situation; another command's process that runs has no deadline.</summary>
    public static ProgramState Of(string name, bool isBot)
    {
        var state = ByName[name];
        return !isBot && state.Phase == ProgramPhase.Running ? state with { Deadline = null } : state;
    }

    public static ProgramInput Input(string name) => Inputs[name];

    /// <summary>All inputs come before the deadline, but for the tick that is due.</summary>
    public static TimeSpan TimeOf(string input) => input == "due Tick" ? Deadline : Before;

    /// <summary>Everything that a process of a run can say or do.</summary>
    public static IEnumerable<ProgramInput.OfRun> WordsOf(int run) => Inputs.Values.OfType<ProgramInput.OfRun>().Select(word => word with { Run = run });

    /// <summary>The defaults, with a limit of memory.</summary>
    public static ProgramOptions Options(bool isBot) => new()
    {
        Name = "3m",
        Command = isBot ? new ProgramCommand.Bot(new Dictionary<string, string>()) : new ProgramCommand.Executable("/bin/true", [], "/"),
        EnvironmentFile = "/.env",
        Logs = new("/logs"),
        MaxMemory = 300_000_000,
    };

    private static ProgramState Recovering(StopCause cause) => Living with { Phase = ProgramPhase.Stopping, Cause = cause, After = AfterStop.Recover, Reason = cause.ToString() };
}
