using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Running;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Control;

/// <summary>Takes clients on the control pipe and has their requests answered, any number of them at once.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    /// <summary>How long running requests may take to end once the supervisor stops.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(1);

    private readonly ControlAcceptor _acceptor;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _run;
    private readonly CancellationTokenSource _stopAccepting = new();
    private readonly CancellationTokenSource _stopStreams = new();
    private readonly CancellationTokenSource _stopAll = new();

    private ControlServer(ControlListener listener, SupervisorLock ownership, IControlHandler handler, Action lockLost, TimeProvider time, ILogger log)
    {
        (_time, _log) = (time, log);
        SocketPath = RunDirectory.ControlSocketPath(ownership.RunDirectory);
        _acceptor = new(
            listener,
            new ControlOwnership(SocketPath, ownership, lockLost, log),
            stream => new ControlConnection(stream, handler, time, log).RunAsync(_stopStreams.Token, _stopAll.Token),
            time,
            log);
        _run = Task.Run(RunAsync);
        log.Listening(SocketPath);
    }

    /// <summary>Where clients find it.</summary>
    public string SocketPath { get; }

    /// <summary>Listens in the lock's run directory, in place of whatever a supervisor that was killed has left there.</summary>
    /// <param name="ownership">That the run directory is this process's own.</param>
    /// <param name="handler">Answers; it is called from many threads.</param>
    /// <param name="lockLost">Called once another supervisor has the lock, its file having been removed by somebody.</param>
    /// <param name="time">Measures the limits.</param>
    /// <param name="log">Faults of clients, and of the socket.</param>
    /// <exception cref="SupervisorException">The socket can't be made.</exception>
    public static ControlServer Start(SupervisorLock ownership, IControlHandler handler, Action lockLost, TimeProvider time, ILogger log) =>
        new(ControlListener.Bind(RunDirectory.ControlSocketPath(ownership.RunDirectory)), ownership, handler, lockLost, time, log);

    /// <summary>
    /// Ends in an orderly way: takes no more clients, removes the socket, ends those that follow, and lets the other requests come to
    /// their end and their last replies reach the clients, for 5 s at most.
    /// </summary>
    public Task CompleteAsync() => EndAsync(StopLimit);

    /// <summary>Ends at once: every request is cancelled and its client told, which takes a second at most.</summary>
    public async ValueTask DisposeAsync() => await EndAsync(TimeSpan.Zero);

    private async Task RunAsync()
    {
        try
        {
            await _acceptor.RunAsync(_stopAccepting.Token);
        }
        catch (Exception e)
        {
            // Programs that run on matter more than a supervisor that can be asked.
            _log.ServerFailed(e);
        }
    }

    private async Task EndAsync(TimeSpan patience)
    {
        await _stopAccepting.CancelAsync();
        await _run;
        await _stopStreams.CancelAsync();
        var connections = _acceptor.Connections;
        if (!await EndWithinAsync(connections, patience))
        {
            if (patience > TimeSpan.Zero)
            {
                _log.CancelledAtStop(connections.Count(connection => !connection.IsCompleted), patience.TotalSeconds);
            }

            await _stopAll.CancelAsync();
            await EndWithinAsync(connections, FlushLimit);
        }
    }

    private async Task<bool> EndWithinAsync(IReadOnlyList<Task> connections, TimeSpan limit)
    {
        var all = Task.WhenAll(connections);
        try
        {
            await all.WaitAsync(limit, _time);
        }
        catch (TimeoutException)
        {
            return false;
        }

        return true;
    }
}
