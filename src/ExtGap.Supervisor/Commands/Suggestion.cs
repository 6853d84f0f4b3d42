using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary>What somebody who misspelt a name probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The known name that is nearest to what was given; none where none is near.</summary>
    public static string? For(string given, IReadOnlyCollection<string> known)
    {
        // Half of a name may be wrong: of '5m' for '3m' it is, 'btc' for '1h' is another thing.
        string? best = null;
        var least = int.MaxValue;
        foreach (var name in known)
        {
            var distance = Distance(given.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < least && distance <= Math.Min(3, Math.Max(given.Length, name.Length) / 2))
            {
                (best, least) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>The error that tells of a program that there isn't.</summary>
    public static string Complaint(string given, IReadOnlyCollection<string> known)
    {
        var hint = For(given, known) is { } name ? $": did you mean {name}?" : ".";
        return $"There is no program '{Harmless.Line(given)}'{hint} {(known.Count == 0 ? "The configuration has none." : $"The programs are {Words.List([.. known])}.")}";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        var costs = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                costs[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, costs[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }

        return costs[from.Length, to.Length];
    }
}
