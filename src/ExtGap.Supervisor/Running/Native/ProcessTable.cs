using System.Globalization;
using System.IO.Enumeration;

namespace ExtGap.Supervisor.Running.Native;

/// <summary>All processes of the machine, as <c>/proc</c> has them (Linux).</summary>
internal static class ProcessTable
{
    private static readonly EnumerationOptions Flat = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>One pass over the processes that there are; one that ends meanwhile may be missing.</summary>
    /// <exception cref="IOException">While it is enumerated: not all of them can be seen, as without a descriptor left.</exception>
    public static IEnumerable<ProcessStat> Scan()
    {
        foreach (var pid in Pids())
        {
            if (ProcessStat.Read(pid) is { } process)
            {
                yield return process;
            }
        }
    }

    private static FileSystemEnumerable<int> Pids() =>
        new("/proc", static (ref entry) => int.Parse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture), Flat)
        {
            ShouldIncludePredicate = static (ref entry) => int.TryParse(entry.FileName, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        };
}
