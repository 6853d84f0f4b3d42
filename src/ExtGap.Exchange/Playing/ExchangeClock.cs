namespace ExtGap.Exchange.Playing;

/// <summary>
/// The exchange's time. It stands still, or runs at a multiple of the real clock, or is moved from event to event where the speed has no limit.
/// One loop moves it; anyone may read <see cref="Now"/>, which never passes an event that was not sent yet.
/// </summary>
internal sealed class ExchangeClock
{
    private readonly TimeProvider _time;
    private Run? _run;
    private long _stopped;
    private long _horizon = long.MaxValue;
    private long _shown = long.MinValue;

    /// <summary>A clock that stands still.</summary>
    /// <param name="time">The real clock.</param>
    /// <param name="speed">Exchange time per real time; infinite where it has no limit.</param>
    /// <param name="start">What it shows first.</param>
    public ExchangeClock(TimeProvider time, double speed, long start)
    {
        _time = time;
        Speed = speed;
        _stopped = start;
    }

    /// <summary>Exchange time per real time.</summary>
    public double Speed { get; }

    /// <summary>Whether it goes as fast as its events are taken.</summary>
    public bool IsUnlimited => double.IsInfinity(Speed);

    /// <summary>Whether it runs along with the real clock.</summary>
    public bool IsRunning => Volatile.Read(ref _run) is not null;

    /// <summary>The exchange's time in milliseconds since the epoch. It never goes back, not even where an event comes up before the one that it was held at.</summary>
    public long Now
    {
        get
        {
            var now = Volatile.Read(ref _run) is { } run ? Math.Min(At(run), Volatile.Read(ref _horizon)) : Volatile.Read(ref _stopped);
            var shown = Volatile.Read(ref _shown);
            while (now > shown)
            {
                var before = Interlocked.CompareExchange(ref _shown, now, shown);
                if (before == shown)
                {
                    return now;
                }

                shown = before;
            }

            return shown;
        }
    }

    /// <summary>What the time would be if nothing held it back.</summary>
    public long Due => Volatile.Read(ref _run) is { } run ? At(run) : Volatile.Read(ref _stopped);

    /// <summary>Lets it run from where it stands.</summary>
    public void Start()
    {
        if (!IsUnlimited && !IsRunning)
        {
            Volatile.Write(ref _run, new Run(_stopped, _time.GetTimestamp()));
        }
    }

    /// <summary>Stops it where it is.</summary>
    public void Stop()
    {
        Volatile.Write(ref _stopped, Now);
        Volatile.Write(ref _run, null);
    }

    /// <summary>Moves a clock that doesn't run.</summary>
    public void MoveTo(long time) => Volatile.Write(ref _stopped, time);

    /// <summary>Says when the next event comes.</summary>
    public void HoldBefore(long time) => Volatile.Write(ref _horizon, time);

    /// <summary>How long the real clock takes until the exchange's shows that time.</summary>
    public TimeSpan Until(long time) => TimeSpan.FromMilliseconds(Math.Clamp((time - Due) / Speed, 0, TimeSpan.MillisecondsPerDay));

    private long At(Run run) => run.From + (long)(_time.GetElapsedTime(run.Since).TotalMilliseconds * Speed);

    private sealed record Run(long From, long Since);
}
