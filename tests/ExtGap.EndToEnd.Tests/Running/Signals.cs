using System.Runtime.InteropServices;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>Signals for processes that a test did not start itself.</summary>
public static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Stop = 19;
    public const int Continue = 18;

    public static void Send(int pid, int signal) => Assert.Equal(0, kill(pid, signal));

    /// <summary>Whether there is such a process, and not just what is left of it.</summary>
    public static bool IsAlive(int pid) => File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1][0] is not ('Z' or 'X');

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
