using System.Globalization;
using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Running;

/// <summary>Who holds the lock of a run directory, from the file beside it: the kernel lets nobody read a file that is locked for one.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Configuration">Absolute path of its supervisor.json.</param>
/// <param name="Version">Of ExtGap.</param>
/// <param name="StartTicks">When the process started, as <see cref="ProcessStat"/> has it; none where the system does not tell.</param>
internal sealed record SupervisorHolder(int Pid, string Configuration, string Version, long? StartTicks)
{
    /// <summary>This process.</summary>
    public static SupervisorHolder Current(string configurationPath) =>
        new(Environment.ProcessId, configurationPath, ExtGapVersion.Text, ProcessStat.Read(Environment.ProcessId)?.StartTicks);

    /// <summary>Whether it is another process that lives: that very one, and not a later one of its number.</summary>
    public bool IsAnotherAndLives => Pid != Environment.ProcessId && StartTicks is { } start && ProcessStat.Read(Pid) is { IsZombie: false } stat && stat.StartTicks == start;

    /// <summary>What the file says, be it stale or not; none where it says nothing legible.</summary>
    public static SupervisorHolder? Read(string runDirectory)
    {
        try
        {
            return File.ReadAllLines(PathIn(runDirectory)) is [var first, var configuration, var version, .. var rest]
                && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? new(pid, configuration, version, rest is [var start] && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string runDirectory)
    {
        var path = PathIn(runDirectory);
        File.WriteAllText(path + ".new", string.Create(CultureInfo.InvariantCulture, $"{Pid}\n{Configuration}\n{Version}\n{StartTicks}\n"));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes the file, where that can be done: a stale one harms nobody.</summary>
    public static void Delete(string runDirectory)
    {
        try
        {
            File.Delete(PathIn(runDirectory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody believes it without the lock.
        }
    }

    private static string PathIn(string runDirectory) => Path.Combine(runDirectory, "extgap.pid");
}
