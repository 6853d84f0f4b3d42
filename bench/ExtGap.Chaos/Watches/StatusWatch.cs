using System.Diagnostics;
using System.Globalization;
using ExtGap.Chaos.Faults;
using ExtGap.Chaos.Product;
using ExtGap.Supervisor.Control;

namespace ExtGap.Chaos.Watches;

/// <summary>Asks for the status several times a second, and compares it with /proc.</summary>
/// <remarks>
/// A status is always a little old: what it says is a lie only if it has not been so for longer than <see cref="Lag"/>, and no stopped or starting
/// supervisor explains it.
/// </remarks>
internal sealed class StatusWatch(Verbs verbs, Journal journal)
{
    // The machine is under load, and the supervisor is stopped by signals for seconds.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    private readonly Dictionary<string, long> _contradictions = new(StringComparer.Ordinal);
    private volatile Sample? _last;

    /// <summary>The last status; none where the last question had no answer.</summary>
    public SupervisorStatus? Latest => _last?.Status;

    /// <summary>How many were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>How many questions had no answer, because no supervisor ran or it stood still.</summary>
    public int Unanswered { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await LookAsync(cancellationToken);
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits for a status that was asked for after an instant and is as somebody wants it.</summary>
    /// <returns>Whether it came.</returns>
    public async Task<bool> UntilAsync(Func<SupervisorStatus, bool> wanted, long after, TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_last is { Status: { } status } sample && sample.Asked > after && wanted(status))
            {
                return true;
            }

            if (Stopwatch.GetElapsedTime(after) > patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>A status in a line.</summary>
    public static string Describe(SupervisorStatus? status) => status is null
        ? "that nobody answers"
        : string.Join(", ", status.Programs.Select(program => string.Create(CultureInfo.InvariantCulture, $"{program.Name} {program.State} {program.Pid} {program.Bot?.Feed} {program.Reason}")));

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var asked = Stopwatch.GetTimestamp();
        var status = await verbs.StatusAsync(cancellationToken);
        _last = new(asked, status);
        Unanswered += status is null ? 1 : 0;
        if (status is null || Stopwatch.GetElapsedTime(asked) > Prompt)
        {
            // Of what was so while it stood still, nobody can say for how long it said so.
            _contradictions.Clear();
            return;
        }

        Compared++;
        var children = Processes.All().Where(process => process.Parent == status.Supervisor.Pid).ToList();
        var found = status.Programs.Select(program => Contradiction(program, children)).OfType<string>()
            .Concat(children.Where(child => child.State == 'Z').Select(child => string.Create(CultureInfo.InvariantCulture, $"the supervisor leaves the zombie {child.Pid}")))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _contradictions.Keys.Except(found, StringComparer.Ordinal).ToList())
        {
            _contradictions.Remove(gone);
        }

        foreach (var contradiction in found)
        {
            if (!_contradictions.TryGetValue(contradiction, out var since))
            {
                _contradictions.Add(contradiction, asked);
            }
            else if (since > 0 && Stopwatch.GetElapsedTime(since, asked) > Lag)
            {
                journal.Find($"Status or supervisor: {contradiction}, for {Lag.TotalSeconds} s or longer.");
                _contradictions[contradiction] = long.MinValue; // Told once.
            }
        }
    }

    private static string? Contradiction(ProgramStatus program, List<ProcessInfo> children)
    {
        if (program.Pid is { } pid)
        {
            return children.Exists(child => child.Pid == pid && child.State != 'Z')
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{program.Name} is said to be {program.State} as process {pid}, which is no living child");
        }

        return children.Find(child => child.BotTimeframe == program.Name) is { } hidden
            ? string.Create(CultureInfo.InvariantCulture, $"{program.Name} is said to be {program.State}, but process {hidden.Pid} runs")
            : null;
    }

    private sealed record Sample(long Asked, SupervisorStatus? Status);
}
