using ExtGap.Exchange.Faults;

namespace ExtGap.Exchange.Hosting;

/// <summary>Carries out the faults that end connections: now, again and again, or at an age, all by the real clock.</summary>
internal sealed class ConnectionFaults : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly FaultBoard _faults;
    private readonly Connections _connections;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private ActiveFault? _dropping;
    private long _dropped;

    /// <summary>Watches the faults from now on.</summary>
    public ConnectionFaults(FaultBoard faults, Connections connections, TimeProvider time)
    {
        _faults = faults;
        _connections = connections;
        _time = time;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        faults.WhenChanged(_ => Look());
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            var drop = _faults.Find(FaultKind.Drop);
            var cut = _faults.Find(FaultKind.CutAfter);
            if (drop is not null)
            {
                Drop(drop);
            }

            if (cut is { Value.Duration: { } age })
            {
                _connections.CloseOlder(age, cut.TryInject);
            }

            var isNeeded = drop is { IsOver: false } || cut is { IsOver: false };
            _timer.Change(isNeeded ? Tick : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Drop(ActiveFault drop)
    {
        if (_dropping != drop)
        {
            (_dropping, _dropped) = (drop, _time.GetTimestamp());
        }

        if (drop.Value.Duration is not { } period)
        {
            if (drop.TryInject())
            {
                _connections.Abort();
            }
        }
        else if (_time.GetElapsedTime(_dropped) >= period)
        {
            _dropped = _time.GetTimestamp();
            if (_connections.Count > 0 && drop.TryInject())
            {
                _connections.Abort();
            }
        }
    }
}
