namespace ExtGap.Supervisor.Lifecycle;

/// <summary>All that the machine knows of a program. Times are monotonic, since the supervisor's start.</summary>
internal sealed record ProgramState
{
    /// <summary>A program that has never run.</summary>
    public static readonly ProgramState Initial = new();

    public ProgramPhase Phase { get; init; } = ProgramPhase.Stopped;

    /// <summary>When the phase began.</summary>
    public TimeSpan Since { get; init; }

    /// <summary>Number of the newest process, from 1; 0 before the first.</summary>
    public int Run { get; init; }

    /// <summary>Its id, and its group's; none before it is there and after it has gone.</summary>
    public int? Pid { get; init; }

    /// <summary>Whether it was ever asked to run: one that never was is no trouble.</summary>
    public bool WasStarted { get; init; }

    /// <summary>What follows when the group that is stopping is empty.</summary>
    public AfterStop After { get; init; }

    /// <summary>STARTING: when the patience ends, or when it counts as running. RUNNING: when silence is too long. BACKOFF: the next try. STOPPING: the next SIGKILL.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Failures in a row; what the delay grows with.</summary>
    public int Failures { get; init; }

    /// <summary>Processes started after a failure since the supervisor's start.</summary>
    public int Restarts { get; init; }

    /// <summary>How long the run that is being stopped had been RUNNING.</summary>
    public TimeSpan RanFor { get; init; }

    /// <summary>How the last process ended.</summary>
    public ExitCause? LastExit { get; init; }

    /// <summary>The last line that the last process wrote to stderr.</summary>
    public string? LastError { get; init; }

    /// <summary>Why it is in BACKOFF or FATAL, or why the supervisor stops it, in plain words.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the last stop needed SIGKILL.</summary>
    public bool WasKilled { get; init; }
}

/// <summary>What follows STOPPING.</summary>
internal enum AfterStop
{
    /// <summary>STOPPED: somebody asked for it.</summary>
    Stay,

    /// <summary>STARTING: somebody asked for a restart, or for a start meanwhile.</summary>
    StartAgain,

    /// <summary>What the restart policy says: it ended by itself, or the supervisor stopped it as failed.</summary>
    Recover,
}
