using ExtGap.Shared;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.ServiceManagement;

/// <summary>
/// Tells the service manager, such as systemd, how the supervisor fares. Each turn asks the loop that owns the programs and waits for its answer:
/// a loop that hangs gives no sign of life, and the manager's watchdog ends it.
/// </summary>
/// <param name="manager">Whom to tell.</param>
/// <param name="watchdog">The longest silence that it bears; none where it does not watch.</param>
/// <param name="loop">Owns the programs.</param>
/// <param name="time">A monotonic clock, the one that all processes of the machine share.</param>
internal sealed class ServiceReporter(ServiceManager manager, TimeSpan? watchdog, SupervisorLoop loop, TimeProvider time)
{
    // What found no room is said again after that.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ServiceNotices _notices = new();

    // Twice in the time that the manager bears, for one may come late.
    private readonly TimeSpan? _betweenSigns = watchdog / 2;

    private IReadOnlyList<ProgramView>? _programs;
    private int _reloads;
    private bool _wasHeard = true;

    /// <summary>Tells until the supervisor ends; where there is no manager, nothing.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        while (manager.IsThere)
        {
            var (_, changed) = loop.Snapshot.Get();
            await TryTurnAsync(ended);
            await changed.WaitAsync(Pause, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A configuration is taken over, until what is returned is disposed of.</summary>
    public IDisposable BeginReload()
    {
        ChangeReloads(1);
        return new Reload(this);
    }

    /// <summary>Tells what there is to be told now; the last word after the loop has ended.</summary>
    public void Tell(IReadOnlyList<ProgramView> programs)
    {
        lock (_lock)
        {
            _programs = programs;
            _wasHeard = true;
            _notices.Tell(programs, _reloads > 0, loop.IsShuttingDown, Monotonic, assignments => _wasHeard = manager.Tell(assignments));
        }
    }

    private TimeSpan Monotonic => TimeSpan.FromSeconds(time.GetTimestamp() / (double)time.TimestampFrequency);

    private TimeSpan Pause => (_wasHeard, _betweenSigns) switch
    {
        (true, null) => Timeout.InfiniteTimeSpan,
        (false, null) => BetweenTries,
        (false, { } signs) when signs > BetweenTries => BetweenTries,
        (_, { } signs) => signs,
    };

    private async Task TryTurnAsync(CancellationToken ended)
    {
        try
        {
            Tell(await loop.LookAsync(ended));
            if (watchdog is not null)
            {
                manager.Tell("WATCHDOG=1");
            }
        }
        catch (Exception) when (!ended.IsCancellationRequested)
        {
            // The loop has met a fault of its own and logged it. It gave no sign of life this time; if it recovers, the next is in time.
        }
    }

    private void ChangeReloads(int by)
    {
        lock (_lock)
        {
            _reloads += by;

            // Before the first look nobody was told anything yet that a reload could change.
            if (_programs is { } programs)
            {
                Tell(programs);
            }
        }
    }

    private sealed class Reload(ServiceReporter reporter) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!_isOver)
            {
                _isOver = true;
                reporter.ChangeReloads(-1);
            }
        }
    }
}
