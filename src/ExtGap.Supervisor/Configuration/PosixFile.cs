using System.Runtime.InteropServices;

namespace ExtGap.Supervisor.Configuration;

/// <summary>What .NET does not tell of files: who may do what with them, and whose they are.</summary>
internal static unsafe partial class PosixFile
{
    private const int CanExecute = 1;
    private const int CanWrite = 2;
    private const int CurrentFolder = -100;
    private const uint WantOwner = 8;
    private const int StatxSize = 256;
    private const int StatxOwner = 20;

    /// <summary>The number of the user that this process acts as.</summary>
    public static uint User => GetEffectiveUser();

    /// <summary>Whether a folder can be written to, or could be if it were created. Read-only file systems and root's rights count, which modes alone don't tell.</summary>
    public static bool CanWriteFolder(string path)
    {
        var existing = path;
        while (!Path.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return Directory.Exists(existing) && (OperatingSystem.IsWindows() || Access(existing, CanWrite | CanExecute) == 0);
    }

    public static bool IsExecutable(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || Access(path, CanExecute) == 0);

    /// <returns>The number of the user that owns a file; none where the system doesn't tell.</returns>
    public static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Unlike stat, statx has one layout on all processors.
        var result = stackalloc byte[StatxSize];
        return Statx(CurrentFolder, path, 0, WantOwner, result) == 0 ? *(uint*)(result + StatxOwner) : null;
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* result);
}
