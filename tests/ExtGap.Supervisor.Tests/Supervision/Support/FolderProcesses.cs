using ExtGap.Supervisor.Running.Native;

namespace ExtGap.Supervisor.Tests.Supervision.Support;

/// <summary>
/// The processes that work in a folder: a supervisor does in that of its configuration, and so do all that it starts and that these start,
/// whatever group or session they have come to. Zombies are nowhere.
/// </summary>
internal static class FolderProcesses
{
    public static List<ProcessStat> In(string folder) =>
        [.. ProcessTable.Scan().Where(process => !process.IsZombie && WorkingDirectory(process.Pid) == folder)];

    public static string WorkingDirectory(int pid) => Link($"/proc/{pid}/cwd");

    /// <summary>Where the open descriptors of a process lead.</summary>
    public static Dictionary<string, string> Descriptors(int pid) =>
        Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").ToDictionary(path => Path.GetFileName(path), Link);

    /// <summary>How many children of a process have ended and are not reaped.</summary>
    public static int ZombiesOf(int parent) => ProcessTable.Scan().Count(process => process.IsZombie && ParentOf(process.Pid) == parent);

    public static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static int ParentOf(int pid)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static string Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? string.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
