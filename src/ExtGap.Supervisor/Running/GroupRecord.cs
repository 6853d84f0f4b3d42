using System.Globalization;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>A process group in a way that outlives its supervisor, and names no other group of the same number (Linux).</summary>
/// <param name="Group">Its number, which is its leader's pid and its session's number too.</param>
/// <param name="StartTicks">When its leader started after the boot.</param>
/// <param name="Boot">The boot's id.</param>
/// <param name="SchedulingGroup">The number that the kernel's scheduler gives to each new session and to no second one; empty where it doesn't (CONFIG_SCHED_AUTOGROUP).</param>
/// <param name="HasLifeline">Whether it leaves by itself when its supervisor is gone.</param>
internal sealed record GroupRecord(int Group, long StartTicks, string Boot, string SchedulingGroup, bool HasLifeline)
{
    private const string Lifeline = "lifeline";

    /// <summary>Of a group whose leader lives; none where it doesn't.</summary>
    /// <exception cref="IOException">It can't be told.</exception>
    public static GroupRecord? Of(int group, bool hasLifeline) =>
        ProcessStat.Read(group) is { } leader ? new(group, leader.StartTicks, CurrentBoot(), SchedulingGroupOf(group), hasLifeline) : null;

    /// <summary>Reads what <see cref="ToString"/> wrote; nothing where it is anything else.</summary>
    public static GroupRecord? Parse(string line) =>
        line.Split(' ') is [var group, var start, var boot, var scheduling, .. var rest] && rest is [] or [Lifeline]
        && int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1
        && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new(number, ticks, boot, scheduling, rest.Length > 0)
            : null;

    /// <summary>How many of it live. A group of the same number that is another counts as none.</summary>
    /// <param name="processes">All there are.</param>
    public int CountSurvivors(IEnumerable<ProcessStat> processes)
    {
        if (Boot != CurrentBoot())
        {
            return 0;
        }

        var survivors = 0;
        foreach (var process in processes)
        {
            if (process.Group != Group || process.IsZombie)
            {
                continue;
            }

            var schedulingGroup = SchedulingGroup.Length > 0 ? SchedulingGroupOf(process.Pid) : string.Empty;
            if (SchedulingGroup.Length > 0 && schedulingGroup.Length == 0)
            {
                // It has ended since it was seen, which says nothing of the others.
                continue;
            }

            // Who leads now and started at another time leads another group; so does one without a leader that is in another session.
            var isOther = process.Session != Group
                || (process.Pid == Group && process.StartTicks != StartTicks)
                || process.StartTicks < StartTicks
                || schedulingGroup != SchedulingGroup;
            if (isOther)
            {
                return 0;
            }

            survivors++;
        }

        return survivors;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Group} {StartTicks} {Boot} {SchedulingGroup}{(HasLifeline ? $" {Lifeline}" : string.Empty)}");

    private static string CurrentBoot() => ReadOrEmpty("/proc/sys/kernel/random/boot_id");

    // "/autogroup-17 nice 0": the first word.
    private static string SchedulingGroupOf(int pid) =>
        ReadOrEmpty(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/autogroup")).Split(' ')[0];

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
