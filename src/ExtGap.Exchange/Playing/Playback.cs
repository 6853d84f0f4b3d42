using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Playing;

/// <summary>Moves the clock and sends the frames that are due, in turns of the player's loop.</summary>
/// <param name="clock">The exchange's time.</param>
/// <param name="streams">What somebody listens to.</param>
/// <param name="inbox">Wakes the loop when there is more to play.</param>
/// <param name="waitFor">How many subscribers there must be.</param>
/// <param name="end">When everything was sent.</param>
/// <param name="faults">May hold the clock.</param>
internal sealed class Playback(ExchangeClock clock, StreamRegistry streams, PlayerInbox inbox, int waitFor, MarketEnd end, FaultBoard faults)
{
    // As much as a subscriber may leave untaken before a clock without limit waits for it: some hundred frames.
    private const int MostWaiting = 128 * 1024;

    // A clock that runs waits for nobody; who falls so far behind is disconnected.
    private const int MostBehind = 32 * 1024 * 1024;

    private const int FramesPerTurn = 512;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OutgoingQueue? _full;
    private bool _isPlaying;
    private long _frameCount;

    /// <summary>Ends when everything that the files have was sent.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The time up to which every frame was sent.</summary>
    public long SentUpTo { get; private set; } = clock.Now - 1;

    /// <summary>Whether the clock runs, or would if somebody took its frames.</summary>
    public bool IsPlaying => Volatile.Read(ref _isPlaying);

    /// <summary>Frames made so far, each counted once however many take it.</summary>
    public long FrameCount => Volatile.Read(ref _frameCount);

    /// <summary>Plays what is due.</summary>
    /// <returns>Whether there is more to play at once.</returns>
    public bool Play()
    {
        // A clock without limit goes as fast as it is taken: with nobody there it has no speed.
        var needed = Math.Max(waitFor, clock.IsUnlimited ? 1 : 0);
        var playing = !_ended.Task.IsCompleted && streams.SubscriberCount >= needed && !IsHeld();
        Volatile.Write(ref _isPlaying, playing);
        if (!playing)
        {
            clock.Stop();
            return false;
        }

        clock.Start();
        return clock.IsUnlimited ? PlayAll() : PlayDue();
    }

    private bool IsHeld()
    {
        if (!faults.TouchesStreams)
        {
            return false;
        }

        // A clock without limit goes as fast as it is taken, and while nothing is told there is nothing to take.
        var fault = faults.Find(FaultKind.StandStill) ?? (clock.IsUnlimited ? faults.Find(FaultKind.Silence) : null);
        if (fault is null)
        {
            return false;
        }

        if (fault.Injected == 0)
        {
            fault.TryInject();
        }

        if (fault.Remaining is { } remaining)
        {
            inbox.WakeAfter(remaining);
        }

        return true;
    }

    private bool PlayAll()
    {
        for (var i = 0; i < FramesPerTurn; i++)
        {
            if (_full is { } full && full.Length > MostWaiting && full.NotifyWhenTaken(inbox.Wake))
            {
                return false;
            }

            _full = null;
            var next = streams.NextTime();
            if (next == long.MaxValue)
            {
                Finish();
                return false;
            }

            clock.MoveTo(next);
            var stream = Send(next);
            foreach (var subscriber in stream.Subscribers)
            {
                _full = subscriber.Outgoing.Length > MostWaiting ? subscriber.Outgoing : _full;
            }
        }

        return true;
    }

    private bool PlayDue()
    {
        var due = Math.Min(clock.Due, end.Time);
        for (var i = 0; i < FramesPerTurn; i++)
        {
            var next = streams.NextTime();
            if (next > due)
            {
                WaitFor(due, Math.Min(next, end.Time));
                return false;
            }

            foreach (var subscriber in Send(next).Subscribers)
            {
                if (subscriber.Outgoing is { Length: > MostBehind, IsCompleted: false })
                {
                    subscriber.Disconnect("Too slow");
                    inbox.TryPost(new PlayerInput.Left(subscriber));
                }
            }
        }

        return true;
    }

    private void WaitFor(long due, long next)
    {
        SentUpTo = due;
        if (due == end.Time)
        {
            Finish();
            return;
        }

        clock.HoldBefore(next);
        if (next != long.MaxValue)
        {
            inbox.WakeAfter(clock.Until(next));
        }
    }

    private KlineStream Send(long time)
    {
        var stream = streams.SendNext();
        SentUpTo = time;
        Volatile.Write(ref _frameCount, _frameCount + 1);
        return stream;
    }

    private void Finish()
    {
        clock.HoldBefore(end.Time);
        clock.Stop();
        clock.MoveTo(end.Time);
        SentUpTo = end.Time;
        _ended.TrySetResult();
    }
}

/// <summary>When everything that the files have was sent; a close that is late may put it off.</summary>
internal sealed class MarketEnd(long usual, CloseDelay closes)
{
    /// <summary>That time.</summary>
    public long Time => Math.Max(usual, closes.Latest);
}
