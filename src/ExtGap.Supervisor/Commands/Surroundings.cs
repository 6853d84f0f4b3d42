using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Setup;

namespace ExtGap.Supervisor.Commands;

/// <summary>What verbs need of the rest: each a function, so that a verb makes only what it uses, and tests can stand in.</summary>
internal sealed record Surroundings
{
    public required Screen Output { get; init; }

    public required Screen Error { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads a variable of the environment.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Reads the configuration at an absolute path.</summary>
    public required Func<string, SupervisorOptions> Load { get; init; }

    /// <summary>Connects to the supervisor of a run directory, for a configuration's path.</summary>
    public required Func<string, string, CancellationToken, Task<IControlClient>> ConnectAsync { get; init; }

    /// <summary>Starts the supervisor in the background where none runs, and connects to it.</summary>
    public required Func<SupervisorOptions, CancellationToken, Task<StartedSupervisor>> StartSupervisorAsync { get; init; }

    /// <summary>Is the supervisor, for the configuration at an absolute path and in the background or not, until it is told to stop.</summary>
    public required Func<string, bool, CancellationToken, Task<int>> SuperviseAsync { get; init; }

    /// <summary>The last lines of a program's stdout or stderr from its files, joined by newlines; none where there is no line.</summary>
    public required Func<ProgramOptions, bool, int, string?> TailLog { get; init; }

    /// <summary>Finds what another program executes, and reads its env file; throws where it could not be started.</summary>
    public required Action<ProgramOptions, string> FindExecutable { get; init; }

    /// <summary>Runs <c>extgap-bot check --json</c> for a program that is a bot, in the configuration's folder, with tests or without.</summary>
    /// <exception cref="SupervisorException">Something that it needs is missing.</exception>
    public required Func<ProgramOptions, string, OnlineTests, CancellationToken, Task<BotCheckOutcome>> CheckBotAsync { get; init; }

    /// <summary>Runs <c>extgap-bot check --json</c> for answers that are in no file yet.</summary>
    /// <exception cref="SupervisorException">There is no bot.</exception>
    public required Func<BotProbe, CancellationToken, Task<BotCheckOutcome>> ProbeBotAsync { get; init; }

    /// <summary>Asks the person at the terminal; none where there is no terminal.</summary>
    public Func<IPrompts?> Prompts { get; init; } = () => null;

    /// <summary>Reads a line of stdin that is no terminal; none at its end.</summary>
    public Func<CancellationToken, Task<string?>> ReadLineAsync { get; init; } = _ => Task.FromResult<string?>(null);
}

/// <param name="Client">A connection to it.</param>
/// <param name="IsNew">Whether none ran before.</param>
internal readonly record struct StartedSupervisor(IControlClient Client, bool IsNew);
