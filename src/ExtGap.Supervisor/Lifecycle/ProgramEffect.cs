namespace ExtGap.Supervisor.Lifecycle;

/// <summary>What the machine wants done.</summary>
internal abstract record ProgramEffect
{
    private ProgramEffect()
    {
    }

    /// <summary>Start a process; answered by <see cref="ProgramInput.Spawned"/> or <see cref="ProgramInput.SpawnFailed"/>.</summary>
    internal sealed record Spawn(int Run) : ProgramEffect;

    /// <summary>Send a signal to the whole process group.</summary>
    internal sealed record Signal(int Run, ProgramSignal Kind) : ProgramEffect;
}

internal enum ProgramSignal
{
    /// <summary>The program's own stop signal: SIGTERM or SIGINT.</summary>
    Stop,

    /// <summary>SIGABRT: leave a trace of what hung.</summary>
    Abort,

    /// <summary>SIGKILL.</summary>
    Kill,
}
