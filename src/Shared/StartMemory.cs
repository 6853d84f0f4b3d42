using System.Globalization;
using System.Runtime.InteropServices;

namespace ExtGap.Shared;

/// <summary>
/// The memory that a process holds because of its start. For each page of a program's file that is touched Linux maps fifteen others, and
/// none leaves before memory is short: of what a process that runs for weeks holds, most served its first second.
/// </summary>
internal static partial class StartMemory
{
    private const string Mappings = "/proc/self/smaps";
    private const string AnonymousPages = "Anonymous:";
    private const int DontNeed = 4;

    // Everything is up by then, and what is wanted again is soon back.
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(3);

    /// <summary>Gives the pages of the program's files back once it has started. Those that are wanted again come from the system's cache.</summary>
    /// <returns>Disposed before, it doesn't.</returns>
    public static ITimer GiveBackLater(TimeProvider time) => time.CreateTimer(_ => GiveBack(), null, StartTime, Timeout.InfiniteTimeSpan);

    private static void GiveBack()
    {
        GiveBackPages(AppContext.BaseDirectory);

        // The objects of the start are gone, but their memory is kept for others, which come one by one.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Gives the pages of a folder's files back.</summary>
    public static void GiveBackPages(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            foreach (var (address, length) in Find(File.ReadAllLines(Mappings), folder))
            {
                _ = Advise(address, length, DontNeed);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A system without /proc keeps them.
        }
    }

    /// <summary>Finds what can be read from the files again as it is: what nobody may write to, and nobody has written to, as a loader does.</summary>
    /// <param name="mappings">The lines of <c>/proc/PID/smaps</c>.</param>
    /// <param name="folder">Where the files are.</param>
    public static List<(nint Address, nuint Length)> Find(IEnumerable<string> mappings, string folder)
    {
        var found = new List<(nint, nuint)>();
        (nint Address, nuint Length)? current = null;
        foreach (var line in mappings)
        {
            var words = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].EndsWith(':'))
            {
                current = words is [var range, ['r', '-', ..], _, _, _, var path] && path.StartsWith(folder, StringComparison.Ordinal) ? ParseRange(range) : null;
            }
            else if (words is [AnonymousPages, "0", ..] && current is { } clean)
            {
                found.Add(clean);
            }
        }

        return found;
    }

    private static (nint Address, nuint Length)? ParseRange(string range) =>
        range.Split('-') is [var first, var end]
        && nint.TryParse(first, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var from)
        && nint.TryParse(end, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var to)
        && to > from
            ? (from, (nuint)(to - from))
            : null;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
