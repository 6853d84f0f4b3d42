using System.Diagnostics;
using System.Globalization;
using ExtGap.Measure.Processes;
using ExtGap.Measure.Rounds;
using ExtGap.Measure.Supervisors;

namespace ExtGap.Measure.Rows;

/// <summary>The rows of supervisors: what they cost, and how fast they are.</summary>
internal sealed class SupervisorRows(Options options)
{
    private const int StatusCalls = 20;
    private const int Kills = 10;
    private const int Many = 100;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CpuSpan = TimeSpan.FromSeconds(60);

    private delegate Task<double[]> Measure(Supervisor supervisor, Herald herald, CancellationToken cancellationToken);

    public IEnumerable<Row> All() =>
    [
        Row("idle", "supervisor idle with 3 children", [new("RSS", "MB", 14), new("private", "MB", 9)], IdleAsync),
        Row("cpu", "supervisor's CPU per 60 s, 3 children that write a line a second", [new(string.Empty, "ms", 20)], CpuAsync),
        Row("status", "`extgap status`, `supervisorctl status`, `pm2 list`, wall", [new(string.Empty, "ms", 15)], StatusAsync),
        Row("kill", "SIGKILL of a child → the new process speaks", [new(string.Empty, "ms", 5)], KillAsync),
        Row("many", "100 children", [new("all up", "s", 0.5), new("all down", "s", 0.15)], ManyAsync),
    ];

    private Row Row(string name, string what, IReadOnlyList<Quantity> quantities, Measure measure) => new(
        name,
        what,
        quantities,
        [.. options.Supervisors().Select(one => new Contender(one.Name, async (workplace, cancellationToken) =>
        {
            using var herald = new Herald(workplace.PathOf("f"));
            await using var supervisor = one.Make(workplace.Directory);
            return await measure(supervisor, herald, cancellationToken);
        }))]);

    private static async Task<double[]> IdleAsync(Supervisor supervisor, Herald herald, CancellationToken cancellationToken)
    {
        await StartAsync(supervisor, herald, 3, cancellationToken);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        return [ProcFs.ResidentMegabytes(supervisor.Pid), ProcFs.PrivateMegabytes(supervisor.Pid)];
    }

    private static async Task<double[]> CpuAsync(Supervisor supervisor, Herald herald, CancellationToken cancellationToken)
    {
        await supervisor.StartAsync([.. Enumerable.Range(0, 3).Select(number => Child.ThatChats($"c{number}"))], cancellationToken);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var before = ProcFs.CpuTime(supervisor.Pid);
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(CpuSpan, TimeProvider.System, cancellationToken);
        var used = ProcFs.CpuTime(supervisor.Pid) - before;
        return [used.TotalMilliseconds * (CpuSpan / Stopwatch.GetElapsedTime(began))];
    }

    private static async Task<double[]> StatusAsync(Supervisor supervisor, Herald herald, CancellationToken cancellationToken)
    {
        await StartAsync(supervisor, herald, 3, cancellationToken);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var times = new List<TimeSpan>();
        for (var i = 0; i < StatusCalls; i++)
        {
            times.Add(await supervisor.AskStatusAsync(cancellationToken));
        }

        return [Median(times)];
    }

    private static async Task<double[]> KillAsync(Supervisor supervisor, Herald herald, CancellationToken cancellationToken)
    {
        var pid = PidOf((await StartAsync(supervisor, herald, 1, cancellationToken))[0]);
        var times = new List<TimeSpan>();
        for (var i = 0; i < Kills; i++)
        {
            // Nobody waits for a second at the same point of its cycle.
            await Task.Delay(TimeSpan.FromMilliseconds(1100 + (97 * i)), TimeProvider.System, cancellationToken);
            using var child = Process.GetProcessById(pid);
            var killed = Stopwatch.GetTimestamp();
            child.Kill();
            var word = await herald.NextAsync(cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(killed, word.Timestamp));
            pid = PidOf(word);
        }

        return [Median(times)];
    }

    private static async Task<double[]> ManyAsync(Supervisor supervisor, Herald herald, CancellationToken cancellationToken)
    {
        var children = Enumerable.Range(0, Many).Select(number => Child.ThatSays($"c{number}", herald)).ToList();
        var starting = supervisor.StartAsync(children, cancellationToken);
        var last = (await HearAsync(herald, Many, cancellationToken))[^1];
        var up = Stopwatch.GetElapsedTime(await starting, last.Timestamp);
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var down = await supervisor.StopAsync();
        return [up.TotalSeconds, down.TotalSeconds];
    }

    private static async Task<List<Word>> StartAsync(Supervisor supervisor, Herald herald, int count, CancellationToken cancellationToken)
    {
        await supervisor.StartAsync([.. Enumerable.Range(0, count).Select(number => Child.ThatSays($"c{number}", herald))], cancellationToken);
        return await HearAsync(herald, count, cancellationToken);
    }

    private static async Task<List<Word>> HearAsync(Herald herald, int count, CancellationToken cancellationToken)
    {
        var words = new List<Word>();
        while (words.Count < count)
        {
            words.Add(await herald.NextAsync(cancellationToken));
        }

        return words;
    }

    private static int PidOf(Word word) => int.Parse(word.Text.Split(' ')[1], CultureInfo.InvariantCulture);

    private static double Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalMilliseconds;
}
