namespace ExtGap.Supervisor.Running;

/// <summary>A process that is to be.</summary>
internal sealed record ChildStart
{
    /// <summary>A path, absolute or from <see cref="Directory"/>, or a name that is looked for in the child's <c>PATH</c>. Whether it is there is the caller's to check: the child only ends with 127.</summary>
    public required string Executable { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Absolute path of its working directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Its whole environment: nothing of the supervisor's own is added.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether the kernel kills it when the supervisor dies (Linux). What watches its stdin needs it not: stdin ends then.</summary>
    public bool DiesWithSupervisor { get; init; }

    public required IOutputSink Output { get; init; }

    public required IOutputSink Error { get; init; }
}

/// <summary>Takes what a child writes to one of its streams, in order, one call at a time.</summary>
internal interface IOutputSink
{
    /// <summary>Takes some bytes, as the pipe gave them: lines and characters may be cut anywhere. It must not throw; while it takes its time, the child has to wait.</summary>
    void Write(ReadOnlySpan<byte> bytes);
}

/// <summary>There is no process.</summary>
/// <param name="Why">In plain words.</param>
/// <param name="IsPermanent">Whether trying again can't help.</param>
internal sealed record SpawnFailure(string Why, bool IsPermanent);

/// <summary>What came of a <see cref="ChildStart"/>: a process or a failure.</summary>
internal readonly record struct ChildStarted
{
    private ChildStarted(ChildProcess? child, SpawnFailure? failure)
    {
        Child = child;
        Failure = failure;
    }

    public ChildProcess? Child { get; }

    /// <summary>Set where <see cref="Child"/> is not.</summary>
    public SpawnFailure? Failure { get; }

    public static implicit operator ChildStarted(ChildProcess child) => new(child, null);

    public static implicit operator ChildStarted(SpawnFailure failure) => new(null, failure);
}
