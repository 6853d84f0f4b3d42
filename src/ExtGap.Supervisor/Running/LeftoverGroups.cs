using ExtGap.Supervisor.Running.Native;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Running;

/// <summary>
/// The file <c>groups</c> in the run directory: which process groups this supervisor started and not yet saw empty. When a supervisor is killed its
/// bots leave by their lifeline and the kernel kills its commands, but not what those started: the next supervisor does, and bots that hang too. Only Linux shows enough of processes for it, elsewhere it does nothing.
/// </summary>
internal sealed class LeftoverGroups(string runDirectory, TimeProvider time, ILogger logger)
{
    // Killed processes go at once, but for those in the kernel's hands.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A bot needs 4 s at most, see its last resort.
    private static readonly TimeSpan LifelinePatience = TimeSpan.FromSeconds(5);

    private readonly string _path = Path.Combine(runDirectory, "groups");
    private readonly Dictionary<int, GroupRecord> _groups = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// Kills what is left of an earlier supervisor's groups, those with a lifeline only when they have had the time to leave by it, and waits until all is gone. To be called before anything is started, and only with the supervisor's lock.
    /// </summary>
    /// <returns>The groups that were killed.</returns>
    public async Task<IReadOnlyList<int>> KillAllAsync()
    {
        var killed = new List<int>();
        if (!OperatingSystem.IsLinux())
        {
            return killed;
        }

        var records = Read();
        Kill(records.Where(record => !record.HasLifeline), killed);
        var leaving = records.Where(record => record.HasLifeline).ToList();
        await ProcessGroup.PollAsync(() => HaveLeft(leaving), time, LifelinePatience);
        Kill(leaving, killed);
        await ProcessGroup.PollAsync(() => killed.TrueForAll(ProcessGroup.IsEmpty), time, Patience);
        Write();
        return killed;
    }

    /// <summary>A group was started; its leader lives.</summary>
    /// <param name="group">Its number.</param>
    /// <param name="hasLifeline">Whether it leaves by itself when its supervisor is gone.</param>
    public void Add(int group, bool hasLifeline)
    {
        try
        {
            if (OperatingSystem.IsLinux() && GroupRecord.Of(group, hasLifeline) is { } record)
            {
                lock (_lock)
                {
                    _groups[group] = record;
                    Write();
                }
            }
        }
        catch (IOException e)
        {
            logger.GroupsNotRecorded(_path, e.Message);
        }
    }

    /// <summary>A group is empty.</summary>
    public void Remove(int group)
    {
        lock (_lock)
        {
            if (_groups.Remove(group))
            {
                Write();
            }
        }
    }

    private static bool HaveLeft(List<GroupRecord> records)
    {
        // One pass for all: it is made every few milliseconds, and reads a file of each process there is.
        List<ProcessStat> processes = records.Count > 0 ? [.. ProcessTable.Scan()] : [];
        return records.TrueForAll(record => record.CountSurvivors(processes) == 0);
    }

    private void Kill(IEnumerable<GroupRecord> records, List<int> killed)
    {
        foreach (var record in records)
        {
            var survivors = record.CountSurvivors(ProcessTable.Scan());
            if (survivors > 0)
            {
                ProcessGroup.Signal(record.Group, Signals.Kill);
                logger.LeftoverKilled(record.Group, survivors);
                killed.Add(record.Group);
            }
        }
    }

    private GroupRecord[] Read()
    {
        try
        {
            return [.. File.ReadAllLines(_path).Select(GroupRecord.Parse).OfType<GroupRecord>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There was no supervisor before, or its file can't be read: nobody can be told apart.
            return [];
        }
    }

    private void Write()
    {
        try
        {
            File.WriteAllLines(_path + ".partial", _groups.Values.Select(record => record.ToString()));
            File.Move(_path + ".partial", _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.GroupsNotRecorded(_path, e.Message);
        }
    }
}
