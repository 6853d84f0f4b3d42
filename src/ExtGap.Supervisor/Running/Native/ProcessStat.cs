using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace ExtGap.Supervisor.Running.Native;

/// <summary>A line of <c>/proc/PID/stat</c> (Linux; proc(5)).</summary>
/// <param name="Pid">The process.</param>
/// <param name="State">Such as <c>R</c>, <c>S</c>, and <c>Z</c> for a zombie.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="CpuTicks">Time used by it and by the children that it has waited for, in 1/100 s.</param>
/// <param name="StartTicks">When it started after the boot, in 1/100 s; with the pid it names one process of this boot.</param>
/// <param name="ResidentPages">Its resident memory.</param>
internal readonly record struct ProcessStat(int Pid, char State, int Group, int Session, long CpuTicks, long StartTicks, long ResidentPages)
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    // Fields of proc(5), counted from the state, which is the first behind the name.
    private const int GroupField = 2;
    private const int SessionField = 3;
    private const int FirstCpuField = 11;
    private const int LastCpuField = 14;
    private const int StartField = 19;
    private const int ResidentField = 21;

    /// <summary>Whether it has ended, and only waits for its parent to notice.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>A process' line, or nothing where there is no such process, or none that this user may see. It allocates nothing, for a scan reads one of each process.</summary>
    /// <exception cref="IOException">It can't be told, as without a descriptor left.</exception>
    public static ProcessStat? Read(int pid)
    {
        Span<byte> path = stackalloc byte[32];
        "/proc/"u8.CopyTo(path);
        Utf8Formatter.TryFormat(pid, path["/proc/"u8.Length..], out var digits);
        "/stat\0"u8.CopyTo(path[("/proc/"u8.Length + digits)..]);

        return ReadAt(path);
    }

    /// <summary>The line in a file; the path ends by a zero.</summary>
    internal static ProcessStat? ReadAt(ReadOnlySpan<byte> path)
    {
        Span<byte> text = stackalloc byte[1024];
        var length = ReadFile(path, text);
        return length > 0 && TryParse(text[..length], out var stat) ? stat : null;
    }

    /// <summary>Reads the line that the kernel gives.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> line, out ProcessStat stat)
    {
        stat = default;

        // The name in parentheses is the program's own, and may hold anything.
        var nameEnd = line.LastIndexOf((byte)')');
        if (nameEnd < 0 || nameEnd + 4 > line.Length || !Utf8Parser.TryParse(line, out int pid, out _))
        {
            return false;
        }

        Span<long> fields = stackalloc long[ResidentField + 1];
        var rest = line[(nameEnd + 4)..];
        for (var field = 1; field <= ResidentField; field++)
        {
            if (!Utf8Parser.TryParse(rest, out long value, out var used))
            {
                return false;
            }

            fields[field] = value;
            rest = used < rest.Length ? rest[(used + 1)..] : [];
        }

        var cpu = 0L;
        for (var field = FirstCpuField; field <= LastCpuField; field++)
        {
            cpu += fields[field];
        }

        stat = new(pid, (char)line[nameEnd + 2], (int)fields[GroupField], (int)fields[SessionField], cpu, fields[StartField], fields[ResidentField]);
        return true;
    }

    private static unsafe int ReadFile(ReadOnlySpan<byte> path, Span<byte> text)
    {
        fixed (byte* file = path)
        fixed (byte* buffer = text)
        {
            var descriptor = LibC.Open(file, ReadOnlyCloseOnExec);
            if (descriptor < 0)
            {
                return NothingOrFault();
            }

            var length = (int)LibC.Read(descriptor, buffer, (nuint)text.Length);
            _ = LibC.Close(descriptor);
            return length < 0 ? NothingOrFault() : length;
        }
    }

    // A process that can't be read is not one that has ended.
    private static int NothingOrFault() => Marshal.GetLastPInvokeError() switch
    {
        Errors.NoEntry or Errors.NoProcess or Errors.NotPermitted or Errors.NoAccess => 0,
        var error => throw new IOException($"/proc can't be read: {Marshal.GetPInvokeErrorMessage(error)}."),
    };
}
