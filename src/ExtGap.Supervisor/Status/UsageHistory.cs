using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Status;

/// <param name="CpuPercent">Of one core, since the last look, or over the group's life where there was none lately.</param>
/// <param name="MemoryBytes">Resident.</param>
internal sealed record ShownUsage(double CpuPercent, long MemoryBytes);

/// <summary>Measures process groups when somebody looks, and remembers the last look: the share of the CPU is that of the time between.</summary>
internal sealed class UsageHistory
{
    // Two clients that look at once would share hardly any time, and one that looked yesterday tells of yesterday.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<int, (TimeSpan At, TimeSpan Cpu, double Percent)> _looks = [];

    /// <param name="groups">When each group was started, by its leader.</param>
    /// <param name="now">On the same clock.</param>
    /// <returns>None where the system can't tell.</returns>
    public IReadOnlyDictionary<int, ShownUsage> Measure(IReadOnlyDictionary<int, TimeSpan> groups, TimeSpan now)
    {
        var usages = groups.Keys.ToDictionary(group => group, _ => default(GroupUsage));
        try
        {
            ProcessUsage.Measure(usages);
        }
        catch (IOException)
        {
            // No descriptor is left, or no memory: the rest of the status is wanted all the more.
            return new Dictionary<int, ShownUsage>();
        }

        lock (_lock)
        {
            var looks = new Dictionary<int, (TimeSpan At, TimeSpan Cpu, double Percent)>();
            foreach (var (group, usage) in usages)
            {
                looks[group] = Look(group, usage.CpuTime, groups[group], now);
            }

            _looks = looks;
            return usages.ToDictionary(usage => usage.Key, usage => new ShownUsage(looks[usage.Key].Percent, usage.Value.ResidentBytes));
        }
    }

    private (TimeSpan At, TimeSpan Cpu, double Percent) Look(int group, TimeSpan cpu, TimeSpan started, TimeSpan now)
    {
        var hasLast = _looks.TryGetValue(group, out var last) && last.At >= started && now - last.At <= Longest;
        if (hasLast && now - last.At < Shortest)
        {
            return last;
        }

        var (since, before) = hasLast ? (last.At, last.Cpu) : (started, TimeSpan.Zero);
        var elapsed = now - since;
        return (now, cpu, elapsed > TimeSpan.Zero ? Math.Max(0, 100 * (cpu - before) / elapsed) : 0);
    }
}
