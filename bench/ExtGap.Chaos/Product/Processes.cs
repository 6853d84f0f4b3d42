using System.Globalization;
using System.Text;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Chaos.Product;

/// <summary>A process as /proc tells of it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Parent">Its parent's.</param>
/// <param name="State">R, S, D, T, Z …</param>
/// <param name="Arguments">Its command line; empty for a zombie.</param>
internal sealed record ProcessInfo(int Pid, int Parent, char State, IReadOnlyList<string> Arguments)
{
    /// <summary>The timeframe of a bot; none for any other process.</summary>
    public string? BotTimeframe => Arguments.Count > 0 && Path.GetFileName(Arguments[0]) == "extgap-bot" ? After("--timeframe") : null;

    /// <summary>Whether its command line speaks of a folder.</summary>
    public bool Mentions(string folder) => Arguments.Any(argument => argument.Contains(folder, StringComparison.Ordinal));

    private string? After(string option) => Arguments.SkipWhile(argument => argument != option).Skip(1).FirstOrDefault();
}

/// <summary>What /proc tells, and signals.</summary>
internal static class Processes
{
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>All processes of this machine that can be seen.</summary>
    public static List<ProcessInfo> All()
    {
        var found = new List<ProcessInfo>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Read(pid) is { } info)
            {
                found.Add(info);
            }
        }

        return found;
    }

    /// <summary>One process; none where it is gone.</summary>
    public static ProcessInfo? Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return new(pid, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[0][0], arguments);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether it lives; a zombie does not.</summary>
    public static bool IsAlive(int pid) => Read(pid) is { State: not 'Z' };

    /// <summary>How many descriptors it has open; 0 where it is gone.</summary>
    public static int CountDescriptors(int pid) => Descriptors(pid).Count();

    /// <summary>What its descriptors lead to.</summary>
    public static IEnumerable<string> Descriptors(int pid)
    {
        string[] descriptors;
        try
        {
            descriptors = Directory.GetFiles($"/proc/{pid}/fd");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var descriptor in descriptors)
        {
            string? target;
            try
            {
                target = new FileInfo(descriptor).LinkTarget;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (target is not null)
            {
                yield return target;
            }
        }
    }

    /// <summary>Resident memory in bytes; 0 where it is gone.</summary>
    public static long ResidentBytes(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Sends a signal.</summary>
    /// <returns>Whether there was such a process.</returns>
    public static bool Signal(int pid, int signal) => pid > 1 && LibC.Kill(pid, signal) == 0;
}
