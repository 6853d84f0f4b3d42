namespace ExtGap.Fuzz.Inputs;

/// <summary>SplitMix64: a seed gives the same numbers on every machine and runtime, so that a finding can be made again.</summary>
internal struct Rng
{
    private ulong _state;

    public Rng(ulong seed) => _state = seed;

    /// <summary>The numbers of one input of a run; they depend on no other input.</summary>
    public static Rng Of(ulong seed, long input)
    {
        var mixed = new Rng(seed);
        return new(mixed.Next() + (ulong)input);
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="bound"/>, without it; 0 where there is nothing to choose from.</summary>
    public int Below(int bound) => bound <= 1 ? 0 : (int)(((Next() >> 32) * (uint)bound) >> 32);

    /// <summary>Once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
