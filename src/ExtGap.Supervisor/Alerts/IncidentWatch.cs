using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Status;

namespace ExtGap.Supervisor.Alerts;

/// <summary>Shows each program that has changed to its tracker, and hands on what is to be told. Owned by the loop.</summary>
/// <param name="send">Takes an alert and returns at once.</param>
internal sealed class IncidentWatch(Action<Alert> send)
{
    private readonly Dictionary<SupervisedProgram, Seen> _seen = [];

    /// <summary>Looks at the programs after each input of the loop's.</summary>
    /// <returns>When to look again although nothing has changed.</returns>
    public TimeSpan Look(IReadOnlyList<SupervisedProgram> programs, TimeSpan now)
    {
        var next = TimeSpan.MaxValue;
        foreach (var program in programs)
        {
            if (!_seen.TryGetValue(program, out var seen) || seen.Options != program.Options)
            {
                // What was told of the program under another configuration is over with it.
                _seen[program] = seen = new(program.Options);
            }

            if (seen.Look(program, now) is { } alerts)
            {
                foreach (var alert in alerts)
                {
                    send(alert);
                }
            }

            next = seen.Deadline < next ? seen.Deadline : next;
        }

        if (_seen.Count > programs.Count)
        {
            _seen.Keys.Except(programs).ToList().ForEach(gone => _seen.Remove(gone));
        }

        return next;
    }

    /// <summary>What was last seen of a program.</summary>
    private sealed class Seen(ProgramOptions options)
    {
        private readonly IncidentTracker _tracker = new(options);
        private ProgramState? _state;
        private BotWord? _word;
        private FeedFreshness _feed;

        public ProgramOptions Options => options;

        public TimeSpan Deadline => _tracker.NextDeadline ?? TimeSpan.MaxValue;

        /// <returns>None where there is nothing new to look at.</returns>
        public IReadOnlyList<Alert>? Look(SupervisedProgram program, TimeSpan now)
        {
            if (program.State == _state && ReferenceEquals(program.Word, _word) && now < Deadline)
            {
                return null;
            }

            if (!ReferenceEquals(program.Word, _word))
            {
                _feed = BotFeed.FreshnessOf(program.Word, program.State.SpawnedAt, now);
            }

            (_state, _word) = (program.State, program.Word);
            return _tracker.Observe(program.State, _feed, now);
        }
    }
}
