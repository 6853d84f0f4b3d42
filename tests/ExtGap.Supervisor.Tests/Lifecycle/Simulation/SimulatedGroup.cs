using ExtGap.Supervisor.Lifecycle;

namespace ExtGap.Supervisor.Tests.Lifecycle.Simulation;

/// <summary>A process and its group, with the faults that chance gives it.</summary>
internal sealed class SimulatedGroup
{
    private readonly ProgramWorld _world;
    private readonly bool _isGood;
    private readonly bool _heedsSignals;
    private readonly TimeSpan _pingsFor;
    private int _others;
    private bool _escapesOneKill;
    private bool _endedIsTold;
    private bool _goneIsTold;

    public SimulatedGroup(ProgramWorld world, int run, bool isGood)
    {
        (_world, Run, _isGood) = (world, run, isGood);
        _heedsSignals = isGood || world.Chance < 0.6;
        _others = isGood || world.Chance < 0.6 ? 0 : 1;
        _escapesOneKill = !isGood && world.Chance < 0.2;
        _pingsFor = isGood || world.Chance < 0.6 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(world.Chance * 100);

        // The news of it can be late, later than its own words; its end is told after it.
        var spawned = world.Delay(3);
        world.Report(spawned, new ProgramInput.Spawned(run, 1000 + run));
        NewsIsOut = world.Now + spawned;
        Live();
    }

    public int Run { get; }

    public TimeSpan NewsIsOut { get; }

    public bool LeaderLives { get; private set; } = true;

    /// <summary>Whether any of it lives.</summary>
    public bool Lives => LeaderLives || _others > 0;

    /// <summary>When the machine heard that it has gone.</summary>
    public bool IsKnownToBeGone { get; private set; }

    public void OnSignal(ProgramSignal signal)
    {
        if (signal == ProgramSignal.Kill)
        {
            _world.Schedule(_world.Delay(2.5), Die);
        }
        else if (_heedsSignals)
        {
            _world.Schedule(_world.Delay(20), () => LeaderEnds(_world.Chance < 0.5 ? new ExitCause.Exited(0) : new ExitCause.Exited(78)));
            _world.Schedule(_world.Delay(20), OthersEnd);
        }
    }

    public override string ToString() => $"group {Run}: heeds {_heedsSignals}, pings for {_pingsFor}, others {_others}, leader lives {LeaderLives}, told {_endedIsTold}/{_goneIsTold}";

    private void Live()
    {
        if (_isGood || _world.Chance < 0.75)
        {
            _world.Report(_isGood ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromSeconds(_world.Chance * 70), new ProgramInput.Ready(Run));
        }

        _world.Schedule(TimeSpan.FromMilliseconds(600), () => Ping(_world.Now));
        if (_isGood)
        {
            return;
        }

        if (_world.Chance < 0.5)
        {
            var code = new[] { 0, 1, 64, 78, 137 }[(int)(_world.Chance * 5)];
            _world.Schedule(_world.Delay(200), () => LeaderEnds(code == 137 ? new ExitCause.Killed(9) : new ExitCause.Exited(code)));
        }

        if (_world.Chance < 0.3)
        {
            _world.Schedule(_world.Delay(100), OthersEnd);
        }

        if (_world.Chance < 0.2)
        {
            _world.Report(_world.Delay(100), new ProgramInput.TooMuchMemory(Run, (long)(_world.Chance * 600e6)));
        }
    }

    private void Ping(TimeSpan since)
    {
        if (LeaderLives && _world.Now - since < _pingsFor)
        {
            _world.Report(_world.Delay(1), new ProgramInput.Alive(Run));
            _world.Schedule(_world.Options.Watchdog / 2, () => Ping(since));
        }
    }

    private void Die()
    {
        // A child that was just being forked when the signal came.
        (_others, _escapesOneKill) = (_escapesOneKill && Lives ? 1 : 0, false);
        LeaderEnds(new ExitCause.Killed(9));
        Settle();
    }

    private void OthersEnd()
    {
        _others = 0;
        Settle();
    }

    private void LeaderEnds(ExitCause cause)
    {
        if (!LeaderLives)
        {
            return;
        }

        LeaderLives = false;
        AfterTheNews(() =>
        {
            _endedIsTold = true;
            _world.Report(TimeSpan.Zero, new ProgramInput.Ended(Run, cause));
            Settle();
        });
    }

    private void Settle()
    {
        if (Lives || !_endedIsTold || _goneIsTold)
        {
            return;
        }

        _goneIsTold = true;
        var drain = _world.Delay(2);
        _world.Schedule(drain, () => IsKnownToBeGone = true);
        _world.Report(drain, new ProgramInput.Gone(Run, "last words"));
    }

    private void AfterTheNews(Action action)
    {
        var wait = NewsIsOut - _world.Now;
        _world.Schedule((wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + _world.Delay(1), action);
    }
}
