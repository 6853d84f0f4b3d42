using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Alerts;

/// <summary>
/// Finds the incidents of one program and says each once when it begins and once when it is over. It knows no clock: it is shown the
/// program's state after each of its transitions, whenever what is known of its feed changes, and at <see cref="NextDeadline"/>.
/// </summary>
/// <remarks>
/// <para>
/// A crash loop is over after RUNNING for resetAfter, a watchdog kill and being down with RUNNING, a stale feed when it is fresh; all of them
/// when the program ends with success by its policy. A wish to stop ends them without a word: who wished it knows. A crash loop that is over
/// has to gather all its restarts anew.
/// </para>
/// <para>
/// Within a crash loop neither a watchdog kill is told, nor that the program is down while it is still tried: both have been said. That it is
/// not tried any more is news. While it is known to be down a crash loop is none. A feed counts by itself, but only while the bot runs.
/// </para>
/// </remarks>
/// <param name="options">The program's own.</param>
internal sealed class IncidentTracker(ProgramOptions options)
{
    private readonly OpenIncidents _open = new(options.Name);

    // The newest restarts, as many as make a loop.
    private readonly Queue<TimeSpan> _restarts = [];

    private int? _restartsSeen;
    private int _runKilledByWatchdog;
    private TimeSpan? _downSince;

    /// <summary>When to look again, though nothing changes before; none where only a change can tell more.</summary>
    public TimeSpan? NextDeadline { get; private set; }

    /// <summary>Looks at the program.</summary>
    /// <returns>What is to be sent now, in this order.</returns>
    public IReadOnlyList<Alert> Observe(ProgramState state, FeedFreshness feed, TimeSpan now)
    {
        var restarts = state.Restarts - (_restartsSeen ?? state.Restarts);
        _restartsSeen = state.Restarts;
        var hasEndedWell = state is { Phase: ProgramPhase.Exited, Succeeded: true };
        if (hasEndedWell)
        {
            _open.CloseAll(state, now);
        }

        if (hasEndedWell || !state.IsWanted)
        {
            Forget();
            return _open.TakeAlerts();
        }

        ObserveRestarts(restarts, state, now);
        ObserveWatchdog(state, now);
        ObserveDown(state, now);
        ObserveFeed(state, feed, now);
        NextDeadline = FindDeadline(state, feed);
        return _open.TakeAlerts();
    }

    private void ObserveRestarts(int restarts, ProgramState state, TimeSpan now)
    {
        for (var restart = Math.Min(restarts, options.Alert.Restarts); restart > 0; restart--)
        {
            _restarts.Enqueue(now);
        }

        while (_restarts.Count > options.Alert.Restarts)
        {
            _restarts.Dequeue();
        }

        var isLoop = restarts > 0 && _restarts.Count == options.Alert.Restarts && now - _restarts.Peek() <= options.Alert.Within;
        if (isLoop && !_open.Contains(IncidentKind.Down))
        {
            var text = AlertTexts.CrashLoop(options.Name, _restarts.Count, now - _restarts.Peek(), state);
            _open.Open(IncidentKind.CrashLoop, _restarts.Peek(), text, restartsBefore: state.Restarts - _restarts.Count);
        }

        if (state.Phase == ProgramPhase.Running && now - state.Since >= options.Restart.ResetAfter && _open.Close(IncidentKind.CrashLoop, state, now))
        {
            _restarts.Clear();
        }
    }

    private void ObserveWatchdog(ProgramState state, TimeSpan now)
    {
        if (state.Phase == ProgramPhase.Running)
        {
            _open.Close(IncidentKind.Watchdog, state, now);
        }
        else if (state.Cause == StopCause.Silent && state.Run != _runKilledByWatchdog)
        {
            _runKilledByWatchdog = state.Run;
            if (!_open.Contains(IncidentKind.CrashLoop))
            {
                _open.Open(IncidentKind.Watchdog, now, AlertTexts.Watchdog(options.Name, state));
            }
        }
    }

    private void ObserveDown(ProgramState state, TimeSpan now)
    {
        if (state.Phase == ProgramPhase.Running)
        {
            _open.Close(IncidentKind.Down, state, now);
            _downSince = null;
            return;
        }

        var since = _downSince ??= now;
        if (now - since >= options.Alert.After && !IsSaidByCrashLoop(state))
        {
            _open.Open(IncidentKind.Down, since, AlertTexts.Down(options.Name, now - since, state));
        }
    }

    private void ObserveFeed(ProgramState state, FeedFreshness feed, TimeSpan now)
    {
        if (state.Phase != ProgramPhase.Running)
        {
            return;
        }

        if (feed.IsFresh)
        {
            _open.Close(IncidentKind.StaleFeed, state, now);
        }
        else if (feed.StaleSince is { } since && now - since >= options.Alert.After)
        {
            _open.Open(IncidentKind.StaleFeed, since, AlertTexts.StaleFeed(options.Name, now - since));
        }
    }

    private bool IsSaidByCrashLoop(ProgramState state) =>
        _open.Contains(IncidentKind.CrashLoop) && state.Phase is not (ProgramPhase.Fatal or ProgramPhase.Exited);

    private TimeSpan? FindDeadline(ProgramState state, FeedFreshness feed)
    {
        var isRunning = state.Phase == ProgramPhase.Running;
        TimeSpan?[] deadlines =
        [
            isRunning && _open.Contains(IncidentKind.CrashLoop) ? state.Since + options.Restart.ResetAfter : null,
            _open.Contains(IncidentKind.Down) || IsSaidByCrashLoop(state) ? null : _downSince + options.Alert.After,
            isRunning && !_open.Contains(IncidentKind.StaleFeed) ? feed.StaleSince + options.Alert.After : null,
        ];
        return deadlines.Min();
    }

    private void Forget()
    {
        _open.Forget();
        _restarts.Clear();
        (_downSince, NextDeadline) = (null, null);
    }
}
