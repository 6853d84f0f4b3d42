namespace ExtGap.Exchange.Faults;

/// <summary>A fault that is in force, and how often it has happened.</summary>
internal sealed class ActiveFault(Fault fault, TimeProvider time)
{
    private readonly long _since = time.GetTimestamp();
    private int _injected;

    /// <summary>What was asked for.</summary>
    public Fault Fault { get; } = fault;

    /// <summary>Which it is.</summary>
    public FaultKind Kind { get; } = fault.Definition.Kind;

    /// <summary>Its value.</summary>
    public FaultValue Value { get; } = fault.Value;

    /// <summary>How often it has happened.</summary>
    public int Injected => Volatile.Read(ref _injected);

    /// <summary>How long it will last; none without an end.</summary>
    public TimeSpan? Remaining => Fault.For is { } length ? length - time.GetElapsedTime(_since) : null;

    /// <summary>How often it may happen still; none without an end.</summary>
    public int? TimesLeft => Fault.Times is { } times ? Math.Max(0, times - Injected) : null;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => TimesLeft == 0 || Remaining <= TimeSpan.Zero;

    /// <summary>Lets it happen once more, if it still may.</summary>
    public bool TryInject()
    {
        if (Remaining <= TimeSpan.Zero)
        {
            return false;
        }

        if (Interlocked.Increment(ref _injected) <= (Fault.Times ?? int.MaxValue))
        {
            return true;
        }

        Interlocked.Decrement(ref _injected);
        return false;
    }
}
