using System.Runtime.InteropServices;

namespace ExtGap.Supervisor.Running.Native;

/// <summary>The calls of the C library that .NET has no counterpart for. Each sets errno, which <see cref="Marshal.GetLastPInvokeError"/> tells.</summary>
internal static unsafe partial class LibC
{
    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport(Name, EntryPoint = "getpgid", SetLastError = true)]
    public static partial int GetGroup(int pid);

    [LibraryImport(Name, EntryPoint = "getppid")]
    public static partial int GetParent();

    [LibraryImport(Name, EntryPoint = "setsid", SetLastError = true)]
    public static partial int SetSession();

    [LibraryImport(Name, EntryPoint = "signal", SetLastError = true)]
    public static partial nint SetSignalAction(int signal, nint action);

    [LibraryImport(Name, EntryPoint = "sigaction", SetLastError = true)]
    public static partial int GetSignalAction(int signal, void* none, void* action);

    [LibraryImport(Name, EntryPoint = "sigprocmask", SetLastError = true)]
    public static partial int SetSignalMask(int how, void* mask, void* none);

    [LibraryImport(Name, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ControlProcess(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport(Name, EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags);

    [LibraryImport(Name, EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int descriptor, int target);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int ControlDescriptor(int descriptor, int command, int argument);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport(Name, EntryPoint = "execvp", SetLastError = true)]
    public static partial int Execute(byte* file, byte** arguments);

    [LibraryImport(Name, EntryPoint = "sysconf", SetLastError = true)]
    public static partial nint GetSystemValue(int name);

    // The next two are variadic in C, which on Linux is called like any other; nowhere else are they used.
    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint a, nint b, nint c);

    [LibraryImport(Name, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int ControlDevice(int descriptor, nuint request, void* argument);

    /// <summary>struct pollfd: a descriptor that is waited for until it can be read, or has come to its end.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry(int descriptor)
    {
        private const short Readable = 1;

        public int Descriptor = descriptor;
        public short Wanted = Readable;
        public short Happened;
    }
}

/// <summary>Numbers of signals that have the same one on Linux and macOS.</summary>
internal static class Signals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Abort = 6;
    public const int Kill = 9;
    public const int Terminate = 15;
}

/// <summary>Numbers of errors, the same on Linux and macOS.</summary>
internal static class Errors
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int NotExecutable = 8;
    public const int NoAccess = 13;
    public const int NotDirectory = 20;
}
