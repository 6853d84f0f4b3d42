using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Running;

/// <summary>A program with all that belongs to it. Only the loop touches it.</summary>
/// <param name="options">As the configuration has it.</param>
internal sealed class SupervisedProgram(ProgramOptions options)
{
    /// <summary>As the configuration has it now; the process that runs was started with what held then.</summary>
    public ProgramOptions Options { get; set; } = options;

    public ProgramState State { get; set; } = ProgramState.Initial;

    /// <summary>Whether the configuration has it no more: it goes when its process has gone.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>The newest process; none before the first.</summary>
    public IProgramRun? Run { get; set; }

    /// <summary>What the process that runs has told of itself.</summary>
    public BotWord? Word { get; set; }

    /// <summary>Where its output goes.</summary>
    public ProgramLogs Logs { get; } = new(options);

    /// <summary>Whether there is, or is about to be, a process.</summary>
    public bool HasProcess => State.Phase is ProgramPhase.Starting or ProgramPhase.Running or ProgramPhase.Stopping;

    public ProgramView View() => new(Options, State, Word, Logs);
}

/// <summary>What a bot last said by sd_notify.</summary>
/// <param name="Words">Its <c>STATUS=</c>.</param>
/// <param name="Report">Its <c>X_EXTGAP=</c>: JSON in UTF-8, not looked at yet.</param>
/// <param name="At">When, monotonic.</param>
internal sealed record BotWord(string? Words, ReadOnlyMemory<byte>? Report, TimeSpan At);

/// <summary>A program at a moment, for everybody but the loop.</summary>
internal sealed record ProgramView(ProgramOptions Options, ProgramState State, BotWord? Word, ProgramLogs Logs)
{
    public string Name => Options.Name;
}
