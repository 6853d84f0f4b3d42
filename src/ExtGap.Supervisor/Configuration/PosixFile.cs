using System.Runtime.InteropServices;
using ExtGap.Shared;

namespace ExtGap.Supervisor.Configuration;

/// <summary>What .NET does not tell of files: who may do what with them, and whose they are.</summary>
internal static partial class PosixFile
{
    private const int CanExecute = 1;
    private const int CanWrite = 2;

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

    /// <summary>A link that another user has made is his, wherever it leads: he can let it lead elsewhere at any time.</summary>
    /// <returns>The number of another user that a file belongs to, or the link that leads to it; none where it is this user's or the system doesn't tell.</returns>
    public static uint? OtherOwnerOf(string path)
    {
        uint?[] owners = [FileFacts.Of(path)?.Owner, FileFacts.Of(path, isLinkItself: true)?.Owner];
        return Array.Find(owners, owner => owner is not null && owner != User);
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
