using System.Globalization;
using System.Runtime.InteropServices;

namespace ExtGap.Measure.Rounds;

/// <summary>The machine on which was measured, in words.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var processor = Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var kilobytes = Field("/proc/meminfo", "MemTotal")?.Split(' ')[0];
        var memory = double.Parse(kilobytes ?? "0", CultureInfo.InvariantCulture) / 1024 / 1024;
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{processor}, {Environment.ProcessorCount} cores, {memory:0} GiB, Linux {Environment.OSVersion.Version.ToString(2)}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; load at the end {load}");
    }

    private static string? Field(string file, string name) => File.ReadLines(file)
        .Select(line => line.Split([':', '='], 2))
        .FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == name)?[1].Trim();
}
