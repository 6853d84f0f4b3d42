using System.Diagnostics;
using System.Globalization;
using ExtGap.Measure.Processes;
using ExtGap.Measure.Rounds;
using ExtGap.Measure.Supervisors;

namespace ExtGap.Measure.Rows;

/// <summary>The rows of what a child writes: from its first byte to its last line in the log.</summary>
internal sealed class LogRows(Options options)
{
    private const long Gibibyte = 1L << 30;
    private const long Less = 107_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    public IEnumerable<Row> All() =>
    [
        Row("log-pieces", "1 GiB of 100-byte lines in writes of 64 KiB, rotated at 10 MB × 3", Gibibyte, 1 << 16, new("time", "s", 1.1), new("peak RSS", "MB", 25), new("lines lost", string.Empty, 0)),
        Row("log-lines", "107 MB of 100-byte lines, one a write", Less, Writer.LineBytes, new("time", "s", 0.4), new("peak RSS", "MB", null), new("lines lost", string.Empty, 0)),
    ];

    private Row Row(string name, string what, long bytes, int piece, params IReadOnlyList<Quantity> quantities) => new(
        name,
        what,
        quantities,
        [.. options.Supervisors().Select(one => new Contender(one.Name, (workplace, cancellationToken) => MeasureAsync(one.Make, workplace, bytes / Writer.LineBytes, piece, cancellationToken)))]);

    private static async Task<double[]> MeasureAsync(Func<string, Supervisor> make, Workplace workplace, long lines, int piece, CancellationToken cancellationToken)
    {
        using var herald = new Herald(workplace.PathOf("f"));
        await using var supervisor = make(workplace.Directory);
        var arguments = new[] { "write", lines.ToString(CultureInfo.InvariantCulture), piece.ToString(CultureInfo.InvariantCulture), herald.Path };
        await supervisor.StartAsync([new("w", Environment.ProcessPath!, arguments, IsRestarted: false)], cancellationToken);
        var begin = await herald.NextAsync(cancellationToken);
        var end = await herald.NextAsync(cancellationToken);
        var last = await SeeLastLineAsync(supervisor, lines, cancellationToken) ?? end.Timestamp;
        var peak = ProcFs.PeakMegabytes(supervisor.Pid);
        return [Stopwatch.GetElapsedTime(begin.Timestamp, last).TotalSeconds, peak, WrittenLines.CountLost(supervisor.LogFiles("w"), lines)];
    }

    /// <returns>When the last line was in the log; none where it never came.</returns>
    private static async Task<long?> SeeLastLineAsync(Supervisor supervisor, long lines, CancellationToken cancellationToken)
    {
        var (expected, found) = (new byte[Writer.LineBytes], new byte[Writer.LineBytes]);
        Writer.WriteLine(lines - 1, expected);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            using (var log = File.Open(supervisor.LogFiles("w")[^1], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            {
                log.Position = Math.Max(0, log.Length - Writer.LineBytes);
                if (log.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.AsSpan().SequenceEqual(expected))
                {
                    return Stopwatch.GetTimestamp();
                }
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        return null;
    }
}
