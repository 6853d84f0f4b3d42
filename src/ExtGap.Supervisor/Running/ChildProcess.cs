using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>A process that the supervisor started, and its group.</summary>
internal sealed class ChildProcess
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<ExitCause> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isKilled;
    private bool _isGone;

    internal ChildProcess(int pid)
    {
        Pid = pid;
    }

    /// <summary>Also the number of its process group and of its session.</summary>
    public int Pid { get; }

    /// <summary>When the process has ended. Others of its group may live, and last words may still be in its pipes.</summary>
    public Task<ExitCause> Ended => _ended.Task;

    /// <summary>When nobody in its group lives.</summary>
    public Task Emptied => _emptied.Task;

    /// <summary>
    /// When nobody in its group lives and all of its output is with the sinks. Who holds its pipes from outside of the group is waited for two
    /// seconds, no longer.
    /// </summary>
    public Task Gone { get; internal set; } = Task.CompletedTask;

    /// <summary>Sends a signal to the whole group. Once the group is empty it does nothing, for its number may be somebody else's by then.</summary>
    public void Signal(int signal)
    {
        lock (_gate)
        {
            if (_isGone)
            {
                return;
            }

            _isKilled |= signal == Signals.Kill;
            if (!ProcessGroup.Signal(Pid, signal) && !Ended.IsCompleted)
            {
                // It hasn't come to found its group.
                LibC.Kill(Pid, signal);
            }
        }
    }

    /// <summary>The process has ended.</summary>
    /// <param name="code">What .NET tells: an exit code, or 128 + the signal.</param>
    /// <param name="known">What the kernel tells.</param>
    internal void End(int code, ExitCause? known)
    {
        const int FirstAmbiguous = 129;
        lock (_gate)
        {
            // A SIGKILL of ours was on its way: that it ended with just this code by itself in that moment is next to impossible.
            // Not so with the others: 143 is what many programs exit with when SIGTERM asks them to.
            _ended.SetResult(known ?? code switch
            {
                128 + Signals.Kill when _isKilled => new ExitCause.Killed(Signals.Kill),
                < FirstAmbiguous => new ExitCause.Exited(code),
                _ => new ExitCause.Ambiguous(code),
            });
        }
    }

    /// <summary>Nobody in the group lives.</summary>
    internal void Leave()
    {
        lock (_gate)
        {
            _isGone = true;
        }

        _emptied.TrySetResult();
    }
}
