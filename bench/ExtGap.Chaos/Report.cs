using System.Globalization;
using ExtGap.Chaos.Faults;

namespace ExtGap.Chaos;

/// <summary>The tables at the end.</summary>
internal static class Report
{
    /// <summary>An invariant, and what became of it.</summary>
    internal sealed record Line(string Invariant, bool Holds, string Detail);

    public static void Write(TextWriter to, IEnumerable<Line> invariants, Journal journal)
    {
        to.WriteLine();
        to.WriteLine("| invariant | | |");
        to.WriteLine("|---|---|---|");
        foreach (var line in invariants)
        {
            to.WriteLine($"| {line.Invariant} | {(line.Holds ? "holds" : "BROKEN")} | {line.Detail} |");
        }

        to.WriteLine();
        to.WriteLine("| fault | injected | recovery, median | longest |");
        to.WriteLine("|---|---:|---:|---:|");
        foreach (var (fault, times) in journal.Faults.OrderBy(fault => fault.Key, StringComparer.Ordinal))
        {
            var recoveries = times.OfType<TimeSpan>().Order().ToList();
            var (median, longest) = recoveries.Count == 0 ? ("–", "–") : (Seconds(recoveries[recoveries.Count / 2]), Seconds(recoveries[^1]));
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {fault} | {times.Count} | {median} | {longest} |"));
        }

        to.WriteLine();
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:F2} s");
}
