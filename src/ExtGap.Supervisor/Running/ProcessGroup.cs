using System.Runtime.InteropServices;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>What can be asked of, and done to, a process group.</summary>
internal static class ProcessGroup
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Sends a signal to all of it.</summary>
    /// <returns>Whether there is such a group.</returns>
    public static bool Signal(int group, int signal)
    {
        // kill(-1) and kill(0) mean everybody and one's own group: never what is meant here.
        ArgumentOutOfRangeException.ThrowIfLessThan(group, 2);
        return LibC.Kill(-group, signal) == 0 || Marshal.GetLastPInvokeError() != Errors.NoProcess;
    }

    /// <summary>Whether nobody in it lives, as far as that is known: where it can't be told somebody may.</summary>
    public static bool IsEmpty(int group) => IsEmpty(group, ProcessTable.Scan);

    /// <param name="group">Its number.</param>
    /// <param name="scan">All processes that there are.</param>
    internal static bool IsEmpty(int group, Func<IEnumerable<ProcessStat>> scan)
    {
        if (!Signal(group, 0))
        {
            return true;
        }

        // Zombies take signals too. They are gone as soon as their parent looks, which a careless PID 1 of a container never does.
        try
        {
            return OperatingSystem.IsLinux() && !scan().Any(process => process.Group == group && !process.IsZombie);
        }
        catch (IOException)
        {
            // No descriptor is left, or no memory. Whoever waits asks again.
            return false;
        }
    }

    /// <summary>Waits until nobody in it lives. The kernel tells nobody of that, so it is asked: at once, and at intervals from 1 to 50 ms.</summary>
    public static Task WaitUntilEmptyAsync(int group, TimeProvider time) => PollAsync(() => IsEmpty(group), time, Timeout.InfiniteTimeSpan);

    /// <summary>Asks until the answer is yes, or the time is over.</summary>
    internal static async Task PollAsync(Func<bool> condition, TimeProvider time, TimeSpan limit)
    {
        var started = time.GetTimestamp();
        for (var interval = FirstInterval; !condition(); interval = interval * 2 < LongestInterval ? interval * 2 : LongestInterval)
        {
            if (limit != Timeout.InfiniteTimeSpan && time.GetElapsedTime(started) >= limit)
            {
                return;
            }

            await Task.Delay(interval, time);
        }
    }
}
