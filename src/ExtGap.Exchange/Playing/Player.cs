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
    private PlayerStatus _status = new(0, 0, 0);

    /// <summary>A player whose clock stands at the start.</summary>
    public Player(Market market, ExchangeClock clock, PlayerOptions options, TimeProvider time)
    {
        _inbox = new(time);
        _streams = new(market, options.UpdateInterval, options.CloseDelay);
        _desk = new(_streams);
        _playback = new(clock, _streams, _inbox, options.WaitFor, market.End + options.CloseDelay ?? long.MaxValue);
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

    /// <summary>Plays until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
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
