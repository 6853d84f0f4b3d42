namespace ExtGap.Exchange.Streams;

/// <summary>
/// What waits to be sent on one connection, as whole WebSocket frames one after the other. The player fills one buffer while the connection sends
/// the other; frames are never dropped or reordered. How full it may become is for the player to decide.
/// </summary>
internal sealed class OutgoingQueue : IDisposable
{
    private const int InitialSize = 4 * 1024;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _filled = new(0, 1);
    private byte[] _filling = new byte[InitialSize];
    private byte[] _sending = new byte[InitialSize];
    private int _length;
    private bool _completed;
    private Action? _onTaken;

    /// <summary>Bytes that wait.</summary>
    public int Length => Volatile.Read(ref _length);

    /// <summary>Whether nothing more is taken, because the connection ends.</summary>
    public bool IsCompleted => Volatile.Read(ref _completed);

    /// <summary>Adds a frame.</summary>
    public void Append(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            var needed = _length + frame.Length;
            if (needed > _filling.Length)
            {
                Array.Resize(ref _filling, Math.Max(needed, _filling.Length * 2));
            }

            frame.CopyTo(_filling.AsSpan(_length));
            Signal(_length == 0);
            _length = needed;
        }
    }

    /// <summary>Waits for frames.</summary>
    /// <returns>All that wait, good until the next call; empty once the queue is complete and all were taken.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _filled.WaitAsync(cancellationToken);
            if (TryTake(out var frames, out var onTaken))
            {
                onTaken?.Invoke();
                return frames;
            }
        }
    }

    /// <summary>Takes nothing more; what waits is still sent.</summary>
    public void Complete()
    {
        Action? onTaken;
        lock (_gate)
        {
            Signal(!_completed && _length == 0);
            _completed = true;
            onTaken = _onTaken;
            _onTaken = null;
        }

        onTaken?.Invoke();
    }

    /// <summary>Calls once when what waits was taken or the connection ends.</summary>
    /// <returns>False where there is nothing to wait for.</returns>
    public bool NotifyWhenTaken(Action onTaken)
    {
        lock (_gate)
        {
            if (_length == 0 || _completed)
            {
                return false;
            }

            _onTaken = onTaken;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _filled.Dispose();

    private bool TryTake(out ReadOnlyMemory<byte> frames, out Action? onTaken)
    {
        lock (_gate)
        {
            frames = _filling.AsMemory(0, _length);
            (_filling, _sending) = (_sending, _filling);
            _length = 0;
            onTaken = _onTaken;
            _onTaken = null;
            Signal(_completed && !frames.IsEmpty);
            return !frames.IsEmpty || _completed;
        }
    }

    private void Signal(bool needed)
    {
        if (needed && _filled.CurrentCount == 0)
        {
            _filled.Release();
        }
    }
}
