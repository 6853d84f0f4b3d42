using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ExtGap.Supervisor.Running.Native;

/// <summary>What a process passes on to the program that it becomes by <c>execvp</c>, cleared of what it was given itself.</summary>
internal static unsafe class ExecPreparation
{
    private const int SignalCount = 64;
    private const int CloseOnExec = 1;
    private const int SetDescriptorFlags = 2;
    private const int ReadWrite = 2;
    private const int CloseRangeCall = 436;
    private const int CloseRangeOnExec = 1 << 2;
    private const int SetParentDeathSignal = 1;
    private const nint Default = 0;
    private const nint Ignored = 1;

    // Faults of the processor itself, which the runtime needs until the last moment. As they have a handler, execvp sets them back.
    private static ReadOnlySpan<int> FaultSignals => [4, 5, 7, 8, 10, 11];

    /// <summary>
    /// All signals do what they do by default, and none is blocked. .NET ignores SIGPIPE, and a shell starts background jobs with SIGINT
    /// ignored: both outlive execvp. It is done before the process gets a group of its own, so that a signal to that group is never eaten by a
    /// handler of the runtime: it ends either this process or the program.
    /// </summary>
    public static void ResetSignals()
    {
        // struct sigaction begins with the handler and is smaller than this everywhere.
        var action = stackalloc nint[32];
        for (var signal = 1; signal <= SignalCount; signal++)
        {
            var isKnown = LibC.GetSignalAction(signal, null, action) == 0;
            var isNeeded = FaultSignals.Contains(signal) || signal >= 32;
            if (isKnown && action[0] != Default && (!isNeeded || action[0] == Ignored))
            {
                LibC.SetSignalAction(signal, Default);
            }
        }

        var none = stackalloc byte[128];
        new Span<byte>(none, 128).Clear();
        LibC.SetSignalMask(OperatingSystem.IsLinux() ? 2 : 3, none, null);
    }

    /// <summary>Has the kernel kill this process when the thread that started it ends.</summary>
    /// <returns>Whether <paramref name="parent"/> still lives, that is, is still this process' parent.</returns>
    public static bool DieWith(int parent)
    {
        if (OperatingSystem.IsLinux())
        {
            LibC.ControlProcess(SetParentDeathSignal, Signals.Kill, 0, 0, 0);
        }

        // It may have died before the kernel was told.
        return LibC.GetParent() == parent;
    }

    /// <summary>No descriptor from 3 on reaches the program.</summary>
    public static void CloseDescriptors()
    {
        if (OperatingSystem.IsLinux() && LibC.SystemCall(CloseRangeCall, 3, int.MaxValue, CloseRangeOnExec) == 0)
        {
            return;
        }

        var folder = OperatingSystem.IsLinux() ? "/proc/self/fd" : "/dev/fd";
        foreach (var path in Directory.GetFileSystemEntries(folder))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2)
            {
                LibC.ControlDescriptor(descriptor, SetDescriptorFlags, CloseOnExec);
            }
        }
    }

    /// <summary>Reads from and writes to /dev/null.</summary>
    public static void Detach()
    {
        fixed (byte* path = "/dev/null\0"u8)
        {
            var descriptor = LibC.Open(path, ReadWrite);
            for (var standard = 0; descriptor >= 0 && standard < 3; standard++)
            {
                LibC.Duplicate(descriptor, standard);
            }
        }
    }

    /// <summary>
    /// The runtime's own doors for debuggers and tracers in the temporary folder, which it removes when it ends: behind execvp it never does.
    /// Left there, three files a start, they would stand in the way of a .NET program too, for its pid and start time make the same names.
    /// </summary>
    public static void RemoveDiagnosticPorts()
    {
        // A natively compiled extgap has none.
        if (!RuntimeFeature.IsDynamicCodeSupported || !OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            if (ProcessStat.Read(Environment.ProcessId) is { } self)
            {
                var folder = Path.GetTempPath();
                var key = string.Create(CultureInfo.InvariantCulture, $"{self.Pid}-{self.StartTicks}");
                File.Delete(Path.Combine(folder, $"dotnet-diagnostic-{key}-socket"));
                File.Delete(Path.Combine(folder, $"clr-debug-pipe-{key}-in"));
                File.Delete(Path.Combine(folder, $"clr-debug-pipe-{key}-out"));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Litter is no reason not to start.
        }
    }

    /// <summary>Becomes the program; returns only where that fails, with errno.</summary>
    public static int Execute(ReadOnlySpan<string> command)
    {
        var arguments = (byte**)NativeMemory.AllocZeroed((nuint)command.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < command.Length; i++)
        {
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(command[i]);
        }

        LibC.Execute(arguments[0], arguments);
        return Marshal.GetLastPInvokeError();
    }
}
