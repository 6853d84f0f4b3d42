using ExtGap.Shared;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Control;

/// <summary>The loop that takes clients. It alone owns the listener and the list of connections.</summary>
internal sealed class ControlAcceptor(IControlListener listener, IControlOwnership ownership, Func<Stream, Task> serve, TimeProvider time, ILogger log)
{
    /// <summary>How often it looks whether clients still find it.</summary>
    public static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(5);

    /// <summary>How long it waits after a failure: what is missing, such as a file descriptor, takes a while to come back.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly RateLimit _strangers = new(time);
    private readonly RateLimit _failures = new(time);
    private readonly List<Task> _connections = [];
    private IControlListener _listener = listener;

    /// <summary>Those that have been taken and may still run; to be read when the loop has ended.</summary>
    public IReadOnlyList<Task> Connections => _connections;

    /// <summary>Takes clients until it is told to stop, then removes the socket.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var beat = new PeriodicTimer(BetweenChecks, time);
        var nextBeat = beat.WaitForNextTickAsync(stop).AsTask();
        var accept = AcceptAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            if (await Task.WhenAny(accept, nextBeat) == accept)
            {
                Take(await accept);
                accept = AcceptAsync(stop);
            }
            else
            {
                Check();
                nextBeat = beat.WaitForNextTickAsync(stop).AsTask();
            }
        }

        Take(await accept);
        _listener.Remove();
        _listener.Dispose();
    }

    private void Check()
    {
        _connections.RemoveAll(connection => connection.IsCompleted);
        if (ownership.Renew(_listener) is { } renewed)
        {
            // The wait for a client on the old one ends with it.
            _listener.Dispose();
            _listener = renewed;
        }
    }

    private void Take(Stream? client)
    {
        if (client is not null)
        {
            // On a thread of its own: a handler that works before it first waits must not keep others waiting here.
            _connections.Add(Task.Run(() => serve(client)));
        }
    }

    /// <returns>None where none came.</returns>
    private async Task<Stream?> AcceptAsync(CancellationToken stop)
    {
        try
        {
            return await _listener.AcceptAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // The end, or that of a listener that nobody could reach any more.
        }
        catch (UnauthorizedAccessException e)
        {
            if (_strangers.TryCount(out var count))
            {
                log.RefusedUser(count, e.Message);
            }
        }
        catch (Exception e)
        {
            if (_failures.TryCount(out var count))
            {
                log.CantAccept(count, PauseAfterFailure.TotalSeconds, e.Message);
            }

            await Task.Delay(PauseAfterFailure, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }
}
