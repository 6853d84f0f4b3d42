using System.Globalization;

namespace ExtGap.Chaos.Checks;

/// <summary>What became of the numbered lines.</summary>
/// <param name="Runs">How many processes wrote.</param>
/// <param name="Written">How many lines they had written.</param>
/// <param name="Excused">Lines that are missing because nobody could have kept them: they were in the pipe of a supervisor that was killed, or the disk was full.</param>
/// <param name="Missing">Lines that are missing for no reason.</param>
/// <param name="Disordered">Lines that stand twice, before an earlier one, or torn.</param>
internal sealed record BeatsReport(int Runs, long Written, long Excused, IReadOnlyList<string> Missing, IReadOnlyList<string> Disordered);

/// <summary>Compares what the heartbeats wrote with what the logs have.</summary>
internal static class BeatsCheck
{
    private const int PipeBytes = 65_536;

    /// <summary>Compares.</summary>
    /// <param name="records">Of each run: the numbers that it wrote, and when.</param>
    /// <param name="log">All lines of the log, oldest first.</param>
    /// <param name="kills">When supervisors were killed: what was in the pipe then, at most <see cref="PipeBytes"/>, nobody could read.</param>
    /// <param name="fullDisks">Times in which lines may be lost.</param>
    public static BeatsReport Compare(
        IReadOnlyDictionary<int, IReadOnlyList<long>> records, IEnumerable<string> log, IReadOnlyList<(long From, long To)> kills, IReadOnlyList<(long From, long To)> fullDisks)
    {
        var seen = records.Keys.ToDictionary(run => run, _ => new HashSet<int>());
        var last = new Dictionary<int, int>();
        var disordered = new List<string>();
        var torn = new List<string>();
        var tellings = 0;
        foreach (var line in log)
        {
            if (fullDisks.Count > 0 && TellsLosses(line))
            {
                tellings++;
            }
            else if (!TryParse(line, out var run, out var number) || !seen.TryGetValue(run, out var numbers) || IsCutOff(number, last.GetValueOrDefault(run) + 1))
            {
                torn.Add(line);
            }
            else if (!numbers.Add(number) || number < last.GetValueOrDefault(run))
            {
                disordered.Add(line);
            }
            else
            {
                last[run] = number;
            }
        }

        var missing = new List<string>();
        var excused = 0L;
        foreach (var (run, times) in records)
        {
            var diedWithSupervisor = times.Count > 0 && IsWithin(times[^1], kills);
            var unread = 0;
            for (var number = times.Count; number > 0; number--)
            {
                if (seen[run].Contains(number))
                {
                    unread = PipeBytes;
                    continue;
                }

                unread += string.Create(CultureInfo.InvariantCulture, $"beat {run} {number}\n").Length;
                if ((diedWithSupervisor && unread <= PipeBytes) || IsWithin(times[number - 1], fullDisks))
                {
                    excused++;
                }
                else
                {
                    missing.Add(string.Create(CultureInfo.InvariantCulture, $"beat {run} {number}"));
                }
            }
        }

        // What a full disk or a killed supervisor cuts off is a piece of a line that is missing. A disk may have room for a moment, and be full again.
        var pieces = kills.Count + Math.Max(fullDisks.Count, tellings);
        return new(records.Count, records.Values.Sum(times => (long)times.Count), excused, missing, torn.Count > pieces ? [.. disordered, .. torn] : disordered);
    }

    /// <summary>The records of a folder.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<long>> ReadRecords(string folder)
    {
        var records = new Dictionary<int, IReadOnlyList<long>>();
        for (var run = 1; File.Exists(Beat.RecordOf(folder, run)); run++)
        {
            // The last line may be cut off by the kill.
            records.Add(run, [.. File.ReadAllText(Beat.RecordOf(folder, run)).Split('\n')[..^1].Select(line => long.Parse(line.AsSpan(line.IndexOf(' ') + 1), CultureInfo.InvariantCulture))]);
        }

        return records;
    }

    // A piece of the line that is due may look like an earlier one.
    private static bool IsCutOff(int number, int due) =>
        number < due && due.ToString(CultureInfo.InvariantCulture).StartsWith(number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static bool TellsLosses(string line) => line.StartsWith("[extgap] ", StringComparison.Ordinal) && line.Contains(" bytes dropped: ", StringComparison.Ordinal);

    private static bool IsWithin(long time, IReadOnlyList<(long From, long To)> spans) => spans.Any(span => time >= span.From && time <= span.To);

    private static bool TryParse(string line, out int run, out int number)
    {
        (run, number) = (0, 0);
        return line.Split(' ') is ["beat", var runText, var numberText]
            && int.TryParse(runText, NumberStyles.None, CultureInfo.InvariantCulture, out run)
            && int.TryParse(numberText, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
