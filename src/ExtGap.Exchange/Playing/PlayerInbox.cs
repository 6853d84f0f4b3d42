using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace ExtGap.Exchange.Playing;

/// <summary>Everything that the player's loop waits for, in one place: what connections say, room in a queue, and time.</summary>
internal sealed class PlayerInbox : IDisposable
{
    private const int MostInputs = 4096;

    private readonly Channel<PlayerInput> _inputs =
        Channel.CreateBounded<PlayerInput>(new BoundedChannelOptions(MostInputs) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ITimer _timer;

    /// <summary>An empty inbox that wakes its reader by this clock.</summary>
    public PlayerInbox(TimeProvider time) =>
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Adds an input, once there is room.</summary>
    public ValueTask PostAsync(PlayerInput input, CancellationToken cancellationToken) => _inputs.Writer.WriteAsync(input, cancellationToken);

    /// <summary>Adds an input if there is room.</summary>
    public void TryPost(PlayerInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>Takes the oldest input.</summary>
    public bool TryTake([NotNullWhen(true)] out PlayerInput? input) => _inputs.Reader.TryRead(out input);

    /// <summary>Waits until there is an input.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _inputs.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Wakes the reader; where the inbox is full it is awake anyway.</summary>
    public void Wake() => TryPost(PlayerInput.Woken.Instance);

    /// <summary>Wakes the reader after a time, instead of any time said before.</summary>
    public void WakeAfter(TimeSpan delay)
    {
        // Timers count whole milliseconds; one too early would only be asked for again.
        var whole = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(1, delay.TotalMilliseconds)));
        _timer.Change(whole, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
