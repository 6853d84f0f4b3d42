using System.Runtime.InteropServices;
using ExtGap.Supervisor.Lifecycle;
using Microsoft.Win32.SafeHandles;

namespace ExtGap.Supervisor.Running.Native;

/// <summary>
/// A pidfd: it names one process for good, and from Linux 6.15 on the kernel tells by it how that process ended, even after .NET has reaped it.
/// .NET itself makes 128 + n of signal n, which a program may also exit with. On other systems it knows nothing.
/// </summary>
internal sealed class ProcessHandle : IDisposable
{
    private const int PidfdOpenCall = 434;
    private const ulong ExitInfo = 1 << 3;

    // _IOWR(0xFF, 11, 64 bytes): PIDFD_GET_INFO with the first version of its structure.
    private const uint GetInfo = 0xC040_FF0B;

    private readonly SafeFileHandle? _descriptor;

    private ProcessHandle(SafeFileHandle? descriptor)
    {
        _descriptor = descriptor;
    }

    /// <summary>Must be called while the process can't have been reaped, or right after its start.</summary>
    public static ProcessHandle Open(int pid)
    {
        var descriptor = OperatingSystem.IsLinux() ? LibC.SystemCall(PidfdOpenCall, pid, 0, 0) : -1;
        return new(descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>How the process ended, once it has been reaped; nothing where the kernel doesn't tell.</summary>
    public unsafe ExitCause? TellExit()
    {
        if (_descriptor is null)
        {
            return null;
        }

        var info = new Info { Mask = ExitInfo };
        var added = false;
        try
        {
            _descriptor.DangerousAddRef(ref added);
            var failed = LibC.ControlDevice((int)_descriptor.DangerousGetHandle(), GetInfo, &info) != 0;
            return failed || (info.Mask & ExitInfo) == 0 ? null : FromStatus(info.Status);
        }
        finally
        {
            if (added)
            {
                _descriptor.DangerousRelease();
            }
        }
    }

    public void Dispose() => _descriptor?.Dispose();

    // As wait(2) has it: the signal in the low seven bits, the exit code in the next byte.
    private static ExitCause FromStatus(int status) =>
        (status & 0x7F) is not 0 and var signal ? new ExitCause.Killed(signal) : new ExitCause.Exited((status >> 8) & 0xFF);

    /// <summary>struct pidfd_info of linux/pidfd.h, version 0.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Info
    {
        [FieldOffset(0)]
        public ulong Mask;

        [FieldOffset(60)]
        public int Status;
    }
}
