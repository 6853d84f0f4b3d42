using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Alerts;

/// <summary>What was told of one program and is not over: at most one incident of a kind.</summary>
/// <param name="program">Its name.</param>
internal sealed class OpenIncidents(string program)
{
    private readonly SortedDictionary<IncidentKind, (TimeSpan Since, int RestartsBefore)> _open = [];

    private readonly List<Alert> _alerts = [];

    public bool Contains(IncidentKind kind) => _open.ContainsKey(kind);

    /// <summary>Begins an incident, unless one of its kind has been told already.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="since">When it began, not when it is told.</param>
    /// <param name="text">What to say.</param>
    /// <param name="restartsBefore">Restarts of the program that are none of it.</param>
    public void Open(IncidentKind kind, TimeSpan since, string text, int restartsBefore = 0)
    {
        if (_open.TryAdd(kind, (since, restartsBefore)))
        {
            _alerts.Add(new(program, kind, IsOver: false, text));
        }
    }

    /// <summary>Ends an incident and says so, where there is one.</summary>
    public bool Close(IncidentKind kind, ProgramState state, TimeSpan now)
    {
        if (!_open.Remove(kind, out var incident))
        {
            return false;
        }

        var lasted = now - incident.Since;
        _alerts.Add(new(program, kind, IsOver: true, kind switch
        {
            IncidentKind.CrashLoop => AlertTexts.CrashLoopOver(program, state.Restarts - incident.RestartsBefore, lasted, state),
            IncidentKind.Watchdog => AlertTexts.WatchdogOver(program, lasted, state),
            IncidentKind.Down => AlertTexts.DownOver(program, lasted, state),
            IncidentKind.StaleFeed => AlertTexts.StaleFeedOver(program, lasted, state),
            _ => throw new NotSupportedException($"No words for {kind}."),
        }));
        return true;
    }

    public void CloseAll(ProgramState state, TimeSpan now)
    {
        foreach (var kind in _open.Keys.ToList())
        {
            Close(kind, state, now);
        }
    }

    /// <summary>Ends them all without a word.</summary>
    public void Forget() => _open.Clear();

    /// <summary>What is to be said since the last call.</summary>
    public IReadOnlyList<Alert> TakeAlerts()
    {
        Alert[] alerts = [.. _alerts];
        _alerts.Clear();
        return alerts;
    }
}
