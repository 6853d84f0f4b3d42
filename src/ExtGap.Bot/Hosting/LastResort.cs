using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ExtGap.Bot.Hosting;

/// <summary>
/// Ends the process when a stop takes too long, whatever it is that hangs: the loop, a write to a locked ledger or to a full pipe, a call that
/// gets no answer. The ledger may be left at any instant: each of its transactions is whole or not there.
/// </summary>
internal static partial class LastResort
{
    private static readonly TimeSpan ForLastWords = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends the process with exit code 1, unless it has ended by itself within a limit.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="stoppedBy">What asked it to stop, for its last words.</param>
    /// <param name="end">Ends the process; a test may want something else.</param>
    public static void After(TimeSpan limit, string stoppedBy, Action<int>? end = null)
    {
        // A thread of its own, and no timer: a pool whose threads all hang runs neither timers nor tasks.
        new Thread(() => EndAfter(limit, stoppedBy, end ?? End)) { IsBackground = true, Name = "last resort" }.Start();
    }

    private static void EndAfter(TimeSpan limit, string stoppedBy, Action<int> end)
    {
        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne(limit - ForLastWords);

        // Stderr may be what hangs.
        var lastWords = new Thread(() => Say(limit, stoppedBy)) { IsBackground = true };
        lastWords.Start();
        lastWords.Join(ForLastWords);
        end(ExitCode.Failure);
    }

    private static void Say(TimeSpan limit, string stoppedBy)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Stopped by {stoppedBy}, but not at its end within {limit.TotalSeconds} s: ended as it is. The ledger is whole, and the next start goes on from there.\n");
        try
        {
            // Not the console's own stream: all of those share a lock, which somebody who hangs in stdout holds.
            using var error = OperatingSystem.IsWindows() ? Console.OpenStandardError() : new FileStream(new SafeFileHandle(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            error.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Nobody listens any more.
        }
    }

    private static void End(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(exitCode);
        }

        // Environment.Exit would wait for whoever is ending the process already and hangs.
        ExitAtOnce(exitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int exitCode);
}
