using ExtGap.Exchange.Markets;
using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Playing;

/// <summary>
/// Plays the market: one loop that moves the clock, sends the frames that are due and answers the connections, whose words reach it by one channel.
/// </summary>
internal sealed class Player : IDisposable
{
    // As much as a subscriber may leave untaken before a clock without limit waits for it: some hundred frames.
    private const int MostWaiting = 128 * 1024;

    // A clock that runs waits for nobody; who falls so far behind is disconnected.
    private const int MostBehind = 32 * 1024 * 1024;

    private const int FramesPerTurn = 512;

    private readonly PlayerOptions _options;
    private readonly ExchangeClock _clock;
    private readonly StreamRegistry _streams;
    private readonly SubscriptionDesk _desk;
    private readonly PlayerInbox _inbox;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _end;
    private OutgoingQueue? _full;
    private PlayerStatus _status = new(0, 0, 0);
    private bool _playing;
    private long _sentUpTo;
    private long _frameCount;

    /// <summary>A player whose clock stands at the start.</summary>
    public Player(Market market, ExchangeClock clock, PlayerOptions options, TimeProvider time)
    {
        _options = options;
        _clock = clock;
        _sentUpTo = clock.Now - 1;
        _end = market.End + options.CloseDelay ?? long.MaxValue;
        _streams = new(market, options.UpdateInterval, options.CloseDelay);
        _desk = new(_streams);
        _inbox = new(time);
    }

    /// <summary>Ends when everything that the files have was sent.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What the loop knew when it last turned.</summary>
    public PlayerStatus Status => Volatile.Read(ref _status);

    /// <summary>Whether the clock runs, or would if somebody took its frames.</summary>
    public bool IsPlaying => Volatile.Read(ref _playing);

    /// <summary>Frames made so far, each counted once however many take it.</summary>
    public long FrameCount => Volatile.Read(ref _frameCount);

    /// <summary>Tells the player something.</summary>
    public ValueTask PostAsync(PlayerInput input, CancellationToken cancellationToken) => _inbox.PostAsync(input, cancellationToken);

    /// <summary>Plays until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Handle();
            if (!Play())
            {
                await _inbox.WaitAsync(cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _inbox.Dispose();

    private void Handle()
    {
        while (_inbox.TryTake(out var input))
        {
            switch (input)
            {
                case PlayerInput.Joined joined:
                    _desk.Join(joined.Subscriber, joined.Streams, _sentUpTo);
                    break;
                case PlayerInput.Said said:
                    _desk.Handle(said.Subscriber, said.Request, _sentUpTo);
                    break;
                case PlayerInput.Left left:
                    _desk.Leave(left.Subscriber);
                    break;
                case PlayerInput.Woken:
                    continue;
                default:
                    throw new InvalidOperationException($"An input of {input.GetType()} is not known.");
            }

            Volatile.Write(ref _status, new(_desk.ConnectionCount, _streams.SubscriberCount, _streams.ActiveCount));
        }
    }

    /// <summary>Plays what is due.</summary>
    /// <returns>Whether there is more to play at once.</returns>
    private bool Play()
    {
        // A clock without limit goes as fast as it is taken: with nobody there it has no speed.
        var needed = Math.Max(_options.WaitFor, _clock.IsUnlimited ? 1 : 0);
        var playing = !_ended.Task.IsCompleted && _streams.SubscriberCount >= needed;
        Volatile.Write(ref _playing, playing);
        if (!playing)
        {
            _clock.Stop();
            return false;
        }

        _clock.Start();
        return _clock.IsUnlimited ? PlayAll() : PlayDue();
    }

    private bool PlayAll()
    {
        for (var i = 0; i < FramesPerTurn; i++)
        {
            if (_full is { } full && full.Length > MostWaiting && full.NotifyWhenTaken(_inbox.Wake))
            {
                return false;
            }

            _full = null;
            var next = _streams.NextTime();
            if (next == long.MaxValue)
            {
                Finish();
                return false;
            }

            _clock.MoveTo(next);
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
        var due = Math.Min(_clock.Due, _end);
        for (var i = 0; i < FramesPerTurn; i++)
        {
            var next = _streams.NextTime();
            if (next > due)
            {
                WaitFor(due, Math.Min(next, _end));
                return false;
            }

            foreach (var subscriber in Send(next).Subscribers)
            {
                if (subscriber.Outgoing is { Length: > MostBehind, IsCompleted: false })
                {
                    subscriber.Disconnect("Too slow");
                    _inbox.TryPost(new PlayerInput.Left(subscriber));
                }
            }
        }

        return true;
    }

    private void WaitFor(long due, long next)
    {
        _sentUpTo = due;
        if (due == _end)
        {
            Finish();
            return;
        }

        _clock.HoldBefore(next);
        if (next != long.MaxValue)
        {
            _inbox.WakeAfter(_clock.Until(next));
        }
    }

    private KlineStream Send(long time)
    {
        var stream = _streams.SendNext();
        _sentUpTo = time;
        Volatile.Write(ref _frameCount, _frameCount + 1);
        return stream;
    }

    private void Finish()
    {
        _clock.HoldBefore(_end);
        _clock.Stop();
        _clock.MoveTo(_end);
        _sentUpTo = _end;
        _ended.TrySetResult();
    }
}
