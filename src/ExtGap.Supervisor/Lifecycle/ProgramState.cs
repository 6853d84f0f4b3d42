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

    /// <summary>When that process was there; of no meaning where there is none.</summary>
    public TimeSpan SpawnedAt { get; init; }

    /// <summary>Whether it was ever asked to run: one that never was is no trouble.</summary>
    public bool WasStarted { get; init; }

    /// <summary>Why the newest process is or was stopped; none before that, and where there never was a process.</summary>
    public StopCause? Cause { get; init; }

    /// <summary>STOPPING: what follows when the group is empty.</summary>
    public AfterStop After { get; init; }

    /// <summary>
    /// When the machine wants a <see cref="ProgramInput.Tick"/>. STARTING: when the patience ends, or when it counts as running. RUNNING: when
    /// silence is too long. BACKOFF: the next try. STOPPING: the next SIGKILL. None where only something else can happen; while a spawn is not
    /// answered too, for a second one could make a second process.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>RUNNING: whether it has been silent for nearly as long as it may be; a last second is left to hear it.</summary>
    public bool IsSuspected { get; init; }

    /// <summary>Failures in a row, as of the last one; what the delay grows with. <see cref="RestartPolicy.FailuresInARow"/> forgets them in time.</summary>
    public int Failures { get; init; }

    /// <summary>Processes started by the policy, not by somebody's wish, since the supervisor's start.</summary>
    public int Restarts { get; init; }

    /// <summary>How the last process that ended did so.</summary>
    public ExitCause? LastExit { get; init; }

    /// <summary>The last line that the last process wrote to stderr.</summary>
    public string? LastError { get; init; }

    /// <summary>Why it is in BACKOFF, EXITED or FATAL, or why the supervisor stops it, in plain words; none where somebody asked for it.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Whether the last stop needed SIGKILL although it had begun with the program's own stop signal. What is killed outright or aborted (leftovers
    /// of a process that ended by itself, one that is not ready or silent) does not count; a new process and a new stop begin without it.
    /// </summary>
    public bool WasKilled { get; init; }

    /// <summary>Whether the last wish was that it run.</summary>
    public bool IsWanted => Phase != ProgramPhase.Stopped && (Phase != ProgramPhase.Stopping || After != AfterStop.Stay);

    /// <summary>Whether the newest process ended by itself, without a fault; what ends well because the supervisor stopped it has failed.</summary>
    public bool Succeeded => Cause == StopCause.Ended && LastExit is { IsSuccess: true };
}

/// <summary>Why a process is stopped.</summary>
internal enum StopCause
{
    /// <summary>Somebody wants it to stop, or a new process.</summary>
    Asked,

    /// <summary>It ended by itself; what it left of its group is killed.</summary>
    Ended,

    /// <summary>It did not say in time that it is ready.</summary>
    NotReady,

    /// <summary>It did not show in time that it lives: the watchdog.</summary>
    Silent,

    /// <summary>It has more memory than it may.</summary>
    TooMuchMemory,
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
