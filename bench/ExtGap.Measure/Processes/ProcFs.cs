using System.Globalization;
using System.Runtime.InteropServices;

namespace ExtGap.Measure.Processes;

/// <summary>What the kernel tells of a process.</summary>
internal static partial class ProcFs
{
    /// <summary>Resident memory in MB (10^6 bytes).</summary>
    public static double ResidentMegabytes(int pid) => Kilobytes($"/proc/{pid}/status", "VmRSS:") * 1024 / 1e6;

    /// <summary>The most that was resident, in MB.</summary>
    public static double PeakMegabytes(int pid) => Kilobytes($"/proc/{pid}/status", "VmHWM:") * 1024 / 1e6;

    /// <summary>What would be free without this process: clean and dirty pages that nobody shares, in MB.</summary>
    public static double PrivateMegabytes(int pid) =>
        (Kilobytes($"/proc/{pid}/smaps_rollup", "Private_Clean:") + Kilobytes($"/proc/{pid}/smaps_rollup", "Private_Dirty:")) * 1024 / 1e6;

    /// <summary>CPU time that all threads of a process have used, those that ended too.</summary>
    public static TimeSpan CpuTime(int pid)
    {
        // clock_getcpuclockid(3) as Linux has it; /proc/PID/stat counts in steps of 10 ms.
        var clock = (~pid << 3) | 2;
        return GetTime(clock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
            : throw new InvalidOperationException($"Process {pid} is gone.");
    }

    private static long Kilobytes(string file, string name)
    {
        var line = File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
