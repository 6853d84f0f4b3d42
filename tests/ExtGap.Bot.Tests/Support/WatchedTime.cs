using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A time that a test moves, and that tells when the timer that was set last will ring.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private long _dueIn = long.MaxValue;

    /// <summary>Whether the timer that was set last is to ring after this time, counted from when it was set.</summary>
    public bool IsSetTo(TimeSpan due) => Volatile.Read(ref _dueIn) == due.Ticks;

    /// <summary>Moves the time, and forgets what was set before.</summary>
    public void AdvancePast(TimeSpan due)
    {
        Volatile.Write(ref _dueIn, long.MaxValue);
        Advance(due);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        Volatile.Write(ref _dueIn, dueTime.Ticks);
        return timer;
    }

    private sealed class WatchedTimer(WatchedTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            Volatile.Write(ref time._dueIn, dueTime.Ticks);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
