using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>What a process group uses.</summary>
/// <param name="CpuTime">Of all members, and of the children that they have waited for.</param>
/// <param name="ResidentBytes">Resident memory of all members; what they share counts for each.</param>
/// <param name="Processes">How many live in it.</param>
internal readonly record struct GroupUsage(TimeSpan CpuTime, long ResidentBytes, int Processes);

/// <summary>Measures process groups.</summary>
internal static class ProcessUsage
{
    private const int ClockTicksPerSecond = 2;

    private static readonly double TicksPerSecond = OperatingSystem.IsLinux() ? LibC.GetSystemValue(ClockTicksPerSecond) : 0;

    /// <summary>
    /// Measures groups in one pass over all processes. Where the system shows no other's group, outside Linux, each group is what its leader
    /// uses.
    /// </summary>
    /// <param name="usages">Has the groups as its keys, and afterwards what they use as its values; none for a group that is empty.</param>
    /// <exception cref="IOException">Not all processes can be seen, as without a descriptor left.</exception>
    public static void Measure(Dictionary<int, GroupUsage> usages)
    {
        foreach (var group in usages.Keys)
        {
            usages[group] = default;
        }

        if (usages.Count == 0)
        {
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            foreach (var group in usages.Keys)
            {
                usages[group] = OfLeader(group);
            }

            return;
        }

        foreach (var process in ProcessTable.Scan())
        {
            ref var usage = ref CollectionsMarshal.GetValueRefOrNullRef(usages, process.Group);
            if (!Unsafe.IsNullRef(ref usage) && !process.IsZombie)
            {
                var cpu = TimeSpan.FromSeconds(process.CpuTicks / TicksPerSecond);
                usage = new(usage.CpuTime + cpu, usage.ResidentBytes + (process.ResidentPages * Environment.SystemPageSize), usage.Processes + 1);
            }
        }
    }

    private static GroupUsage OfLeader(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return new(process.TotalProcessorTime, process.WorkingSet64, 1);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended.
            return default;
        }
    }
}
