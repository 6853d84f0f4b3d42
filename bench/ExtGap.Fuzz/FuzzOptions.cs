using System.Globalization;
using ExtGap.Fuzz.Targets;

namespace ExtGap.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    public static string Help =>
        $"""
        extgap-fuzz [--inputs 1000000] [--seed 7]… [--target NAME]… [--replay BASE64]
        Targets: {string.Join(' ', AllTargets.Names)}; without --target all. 0: nothing was found, 1: something was, 64: wrong usage.
        """;

    /// <summary>So many for each target and seed.</summary>
    public long Inputs { get; private init; } = 1_000_000;

    public IReadOnlyList<ulong> Seeds { get; private init; } = [7];

    public IReadOnlyList<string> Targets { get; private init; } = [.. AllTargets.Names];

    /// <summary>The one input to read instead.</summary>
    public byte[]? Replay { get; private init; }

    /// <exception cref="FormatException">It can't be understood.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new FuzzOptions();
        var seeds = new List<ulong>();
        var targets = new List<string>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} needs a value, or is no option.");
            switch (arguments[i])
            {
                case "--inputs" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var inputs):
                    options = options with { Inputs = inputs };
                    break;
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    seeds.Add(seed);
                    break;
                case "--target" when AllTargets.Names.Contains(value, StringComparer.Ordinal):
                    targets.Add(value);
                    break;
                case "--replay":
                    options = options with { Replay = Convert.FromBase64String(value) };
                    break;
                default:
                    throw new FormatException($"{arguments[i]} {value} is not possible.");
            }
        }

        options = options with { Seeds = seeds.Count > 0 ? seeds : options.Seeds, Targets = targets.Count > 0 ? targets : options.Targets };
        return options.Replay is null || targets.Count == 1 ? options : throw new FormatException("--replay needs one --target.");
    }
}
