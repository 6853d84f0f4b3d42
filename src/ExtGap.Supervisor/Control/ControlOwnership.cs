using System.Globalization;
using ExtGap.Supervisor.Running;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Control;

/// <summary>Keeps the socket's path for this supervisor, as long as its lock says that the path is its own.</summary>
/// <param name="path">The socket.</param>
/// <param name="ownership">The lock.</param>
/// <param name="lost">Called once another supervisor has the lock.</param>
/// <param name="log">The supervisor's own.</param>
internal sealed class ControlOwnership(string path, SupervisorLock ownership, Action lost, ILogger log) : IControlOwnership
{
    private LockCheck _lastCheck = LockCheck.Held;
    private bool _toldFailure;

    /// <summary>Looks whether the lock holds and the path leads to the listener.</summary>
    /// <returns>A listener to be used instead; none where the old one goes on.</returns>
    public IControlListener? Renew(IControlListener listener)
    {
        if (!Holds() || listener.IsReachable)
        {
            return null;
        }

        try
        {
            var renewed = ControlListener.Bind(path);
            log.BoundAnew(path);
            _toldFailure = false;
            return renewed;
        }
        catch (SupervisorException e)
        {
            if (!_toldFailure)
            {
                log.CantBindAnew(path, e.Message);
                _toldFailure = true;
            }

            return null;
        }
    }

    private bool Holds()
    {
        var (before, check) = (_lastCheck, ownership.Check());
        _lastCheck = check;
        if (check == LockCheck.TakenAnew)
        {
            log.LockTakenAnew(ownership.RunDirectory);
        }
        else if (check == LockCheck.Lost && check != before)
        {
            var holder = SupervisorLock.ReadHolder(ownership.RunDirectory);
            log.LockLost(ownership.RunDirectory, holder is null ? "another supervisor" : string.Create(CultureInfo.InvariantCulture, $"process {holder.Pid}"));
            lost();
        }
        else if (check == LockCheck.Unknown && check != before)
        {
            log.LockUnknown(ownership.RunDirectory);
        }

        // Two supervisors that take the socket from each other every five seconds would be worse than one that can't be reached.
        return check is LockCheck.Held or LockCheck.TakenAnew;
    }
}
