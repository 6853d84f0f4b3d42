namespace ExtGap.Supervisor.Running;

/// <summary>A value that one side sets and any number of others wait to change. Somebody slow sees the newest value, not each of them.</summary>
/// <param name="value">The first value.</param>
internal sealed class Latest<T>(T value)
{
    private readonly Lock _lock = new();
    private T _value = value;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set(T value)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _value = value;
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>The value now, and a task that ends when there is a newer one.</summary>
    public (T Value, Task Changed) Get()
    {
        lock (_lock)
        {
            return (_value, _changed.Task);
        }
    }
}
