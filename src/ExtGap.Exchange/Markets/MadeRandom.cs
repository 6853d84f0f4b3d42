namespace ExtGap.Exchange.Markets;

/// <summary>SplitMix64: a stream of numbers for any two seeds, the same on every machine and in every version.</summary>
internal struct MadeRandom(ulong root, ulong stream)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Scramble(root ^ Scramble(stream + Step));

    /// <summary>A seed out of a number and a name.</summary>
    public static ulong Mix(ulong seed, string name)
    {
        var mixed = Scramble(seed + Step);
        foreach (var c in name)
        {
            mixed = Scramble(mixed ^ c);
        }

        return mixed;
    }

    /// <summary>Evenly distributed from 0 to below 1.</summary>
    public double NextUniform()
    {
        _state += Step;
        return (Scramble(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>About normally distributed, mean 0 and deviation 1: twelve even numbers, which no library rounds in its own way.</summary>
    public double NextNormal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            sum += NextUniform();
        }

        return sum;
    }

    private static ulong Scramble(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
