using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Tests.Running.Support;

/// <summary>What tests ask of processes that are not their children.</summary>
internal static class Processes
{
    public static bool Lives(int pid) => ProcessStat.Read(pid) is { IsZombie: false };

    public static void Kill(int pid) => Assert.Equal(0, LibC.Kill(pid, Signals.Kill));

    /// <summary>Waits for a condition that nothing tells of.</summary>
    public static async Task UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        await ProcessGroup.PollAsync(condition, TimeProvider.System, limit);
        Assert.True(condition(), $"It did not come true within {limit.TotalSeconds} s.");
    }
}
