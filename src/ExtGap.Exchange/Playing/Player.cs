using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Markets;

namespace ExtGap.Exchange.Playing;

/// <summary>
/// Plays the market: one loop that moves the clock, sends the frames that are due and answers the connections, whose words reach it by one inbox.
/// </summary>
internal sealed class Player : IDisposable
{
    private readonly PlayerInbox _inbox;
    private readonly StreamRegistry _streams;
    private readonly SubscriptionDesk _desk;
    private readonly Playback _playback;
    private readonly Market _market;
    private readonly FaultBoard _faults;
    private readonly long _updateInterval;
    private int _faultsChanged;
    private PlayerStatus _status = new(0, 0, 0);

    /// <summary>A player whose clock stands at the start.</summary>
    public Player(Market market, ExchangeClock clock, PlayerOptions options, FaultBoard faults, TimeProvider time)
    {
        _inbox = new(time);
        _market = market;
        _faults = faults;
        _updateInterval = options.UpdateInterval;
        var closeDelay = new CloseDelay(options.CloseDelay, faults);
        _streams = new(market, options.UpdateInterval, closeDelay, faults);
        _desk = new(_streams);
        _playback = new(clock, _streams, _inbox, options.WaitFor, new(market.End + options.CloseDelay ?? long.MaxValue, closeDelay), faults);
        faults.WhenChanged(_ =>
        {
            Volatile.Write(ref _faultsChanged, 1);
            _inbox.Wake();
        });
    }

    /// <summary>Ends when everything that the files have was sent.</summary>
    public Task Ended => _playback.Ended;

    /// <summary>What the loop knew when it last turned.</summary>
    public PlayerStatus Status => Volatile.Read(ref _status);

    /// <summary>Whether the clock runs, or would if somebody took its frames.</summary>
    public bool IsPlaying => _playback.IsPlaying;

    /// <summary>Frames made so far, each counted once however many take it.</summary>
    public long FrameCount => _playback.FrameCount;

    /// <summary>Tells the player something.</summary>
    public ValueTask PostAsync(PlayerInput input, CancellationToken cancellationToken) => _inbox.PostAsync(input, cancellationToken);

    /// <summary>Makes the holes that are asked for from the start; to be called before anybody can see the market.</summary>
    public void MakeHoles()
    {
        // They are in the history too, unless they are counted: then they are the next ones.
        var hole = _faults.Find(FaultKind.Hole);
        _market.Holes.Update(hole, hole?.Fault.Times is null ? 0 : _playback.SentUpTo + 1);
    }

    /// <summary>Plays until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Interlocked.Exchange(ref _faultsChanged, 0) != 0)
            {
                // The streams have looked ahead as far as their next updates, and what they have seen exists.
                _market.Holes.Update(_faults.Find(FaultKind.Hole), _playback.SentUpTo + _updateInterval + 1);
            }

            while (_inbox.TryTake(out var input))
            {
                Handle(input);
            }

            if (!_playback.Play())
            {
                await _inbox.WaitAsync(cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _inbox.Dispose();

    private void Handle(PlayerInput input)
    {
        switch (input)
        {
            case PlayerInput.Joined joined:
                _desk.Join(joined.Subscriber, joined.Streams, _playback.SentUpTo);
                break;
            case PlayerInput.Said said:
                _desk.Handle(said.Subscriber, said.Request, _playback.SentUpTo);
                break;
            case PlayerInput.Left left:
                _desk.Leave(left.Subscriber);
                break;
            case PlayerInput.Woken:
                return;
            default:
                throw new InvalidOperationException($"An input of {input.GetType()} is not known.");
        }

        Volatile.Write(ref _status, new(_desk.ConnectionCount, _streams.SubscriberCount, _streams.ActiveCount));
    }
}
