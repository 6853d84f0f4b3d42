namespace ExtGap.Fuzz.Running;

/// <summary>An input that breaks something.</summary>
/// <param name="Target">Who read it.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Number">Of the input in the run, from 0; -1 - n for the n-th of the corpus.</param>
/// <param name="Input">The input.</param>
/// <param name="What">What came of it.</param>
internal sealed record Finding(string Target, ulong Seed, long Number, byte[] Input, string What)
{
    public override string ToString() =>
        $"{Target}: {What}\n  seed {Seed}, input {Number}, {Input.Length} bytes; again: --target {Target} --replay {Convert.ToBase64String(Input)}";
}

/// <summary>What a run of one target came to.</summary>
internal sealed record FuzzResult
{
    public required string Target { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Inputs that were read.</summary>
    public long Inputs { get; init; }

    /// <summary>Those of them that were accepted.</summary>
    public long Accepted { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>The longest that one input took, on the wall clock.</summary>
    public TimeSpan Slowest { get; init; }

    /// <summary>Which one that was.</summary>
    public long SlowestNumber { get; init; }

    /// <summary>The most bytes that reading one input allocated.</summary>
    public long MostAllocated { get; init; }

    /// <summary>Bytes of the heap after a full collection at the end, less those at the start.</summary>
    public long Retained { get; init; }

    public Finding? Finding { get; init; }
}
