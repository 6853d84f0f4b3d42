namespace ExtGap.Supervisor.Lifecycle;

/// <summary>What can happen to a program. Inputs of a process carry the number of its run, so that a late word of an earlier one counts for nothing.</summary>
/// <remarks>
/// Each <see cref="ProgramEffect.Spawn"/> is answered once, by <see cref="Spawned"/> or <see cref="SpawnFailed"/>. What was spawned ends once, with
/// <see cref="Ended"/>, <see cref="Emptied"/> and then <see cref="Gone"/>. <see cref="Ready"/>, <see cref="Alive"/> and <see cref="TooMuchMemory"/> may come at any time.
/// </remarks>
internal abstract record ProgramInput
{
    private ProgramInput()
    {
    }

    /// <summary>Somebody wants it to run.</summary>
    internal sealed record Start : ProgramInput;

    /// <summary>Somebody wants it to stop.</summary>
    internal sealed record Stop : ProgramInput;

    /// <summary>Somebody wants a new process of it.</summary>
    internal sealed record Restart : ProgramInput;

    /// <summary>What a process says or does, or what is known of it.</summary>
    /// <param name="Run">The number of its run.</param>
    internal abstract record OfRun(int Run) : ProgramInput;

    /// <summary>The process is there.</summary>
    internal sealed record Spawned(int Run, int Pid) : OfRun(Run);

    /// <summary>There is no process.</summary>
    /// <param name="Run">The run that was to be.</param>
    /// <param name="Why">In plain words.</param>
    /// <param name="IsPermanent">Whether trying again can't help, as where the executable is missing.</param>
    internal sealed record SpawnFailed(int Run, string Why, bool IsPermanent) : OfRun(Run);

    /// <summary>The process said that it is ready.</summary>
    internal sealed record Ready(int Run) : OfRun(Run);

    /// <summary>The process showed that its loop turns.</summary>
    internal sealed record Alive(int Run) : OfRun(Run);

    /// <summary>The process ended; others of its group may live.</summary>
    internal sealed record Ended(int Run, ExitCause Cause) : OfRun(Run);

    /// <summary>Nobody in the group lives. Its last words may still be in its pipes, which somebody outside of it may hold.</summary>
    internal sealed record Emptied(int Run) : OfRun(Run);

    /// <summary>The group is empty, and its last words are in the log.</summary>
    /// <param name="Run">The run that is over.</param>
    /// <param name="LastError">Its last line of stderr.</param>
    internal sealed record Gone(int Run, string? LastError) : OfRun(Run);

    /// <summary>The group has more resident memory than it may.</summary>
    internal sealed record TooMuchMemory(int Run, long Bytes) : OfRun(Run);

    /// <summary>The supervisor itself was late, stopped or starved: that nothing was heard meanwhile proves nothing.</summary>
    internal sealed record Overslept : ProgramInput;

    /// <summary>Time has passed. It comes after all inputs that wait: a sign of life that came in time must not lie behind it.</summary>
    internal sealed record Tick : ProgramInput;
}
