using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ExtGap.Chaos;

/// <summary>
/// A program of the supervisor's that does nothing but write numbered lines, <c>beat RUN NUMBER</c>, each in one piece. What it has written it
/// records in a file of its own, a line each with the time, so that what is missing in the log can be told.
/// </summary>
internal static class Beat
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <summary>Writes until it is killed, or its stdout is closed.</summary>
    /// <param name="folder">For the records, one file a run.</param>
    public static int Run(string folder)
    {
        var run = 0;
        using var record = OpenNext(folder, ref run);
        using var never = new ManualResetEvent(initialState: false);
        using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        for (var number = 1; ; number++)
        {
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"beat {run} {number}\n")));
            record.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} {Stopwatch.GetTimestamp()}\n")));
            never.WaitOne(Between);
        }
    }

    /// <summary>The record of a run.</summary>
    public static string RecordOf(string folder, int run) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{run}.beats"));

    private static FileStream OpenNext(string folder, ref int run)
    {
        while (true)
        {
            try
            {
                return new(RecordOf(folder, ++run), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && File.Exists(RecordOf(folder, run)))
            {
                // An earlier run's.
            }
        }
    }
}
