using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Control;

/// <summary>A clock that a test moves, and that tells which timers wait for it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Conditions _changed = new();
    private readonly ConcurrentBag<(TimeSpan Due, TimeSpan Period)> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Add((dueTime, period));
        _changed.Signal();
        return timer;
    }

    /// <summary>Waits until so many timers have been set that ring once after this time.</summary>
    public Task TimersAsync(TimeSpan due, int count, CancellationToken cancellationToken) =>
        _changed.WaitAsync(() => _timers.Count(timer => timer.Due == due && timer.Period == Timeout.InfiniteTimeSpan) >= count, cancellationToken);

    /// <summary>Waits for the timer that rings again and again.</summary>
    public Task PeriodicTimerAsync(CancellationToken cancellationToken) =>
        _changed.WaitAsync(() => _timers.Any(timer => timer.Period > TimeSpan.Zero), cancellationToken);
}

internal sealed class RecordedLog : ILogger
{
    private readonly Conditions _changed = new();
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = [];

    public IReadOnlyList<string> Of(int id) => [.. _lines.Where(line => line.Id == id).Select(line => line.Text)];

    public Task SeenAsync(int id, CancellationToken cancellationToken) => _changed.WaitAsync(() => Of(id).Count > 0, cancellationToken);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue((eventId.Id, formatter(state, exception)));
        _changed.Signal();
    }
}

/// <summary>Waits for what other threads bring about.</summary>
internal sealed class Conditions
{
    private TaskCompletionSource _next = New();

    public void Signal() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    public async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
