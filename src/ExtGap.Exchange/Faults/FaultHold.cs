namespace ExtGap.Exchange.Faults;

/// <summary>Requests that get no answer while a fault lasts.</summary>
internal sealed class FaultHold(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<(ActiveFault Fault, TaskCompletionSource Released)> _held = [];

    /// <summary>Waits until the fault is cleared or its time is over. That it may not happen again doesn't release who is held.</summary>
    public async Task WaitAsync(ActiveFault fault, CancellationToken cancellationToken)
    {
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _held.Add((fault, released));
        }

        try
        {
            var remaining = fault.Remaining is { } left ? left > TimeSpan.Zero ? left : TimeSpan.Zero : Timeout.InfiniteTimeSpan;
            await released.Task.WaitAsync(remaining, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Its time is over, or the client doesn't wait any longer.
        }
        finally
        {
            lock (_gate)
            {
                _held.Remove((fault, released));
            }
        }
    }

    /// <summary>Lets those go whom such a fault holds.</summary>
    public void Release(Func<Fault, bool> isCleared)
    {
        lock (_gate)
        {
            foreach (var (fault, released) in _held)
            {
                if (isCleared(fault.Fault))
                {
                    released.TrySetResult();
                }
            }
        }
    }
}
