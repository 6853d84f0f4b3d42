using System.Runtime.InteropServices;

namespace ExtGap.Shared;

/// <summary>What the system says of a file without opening it, which of a pipe or a device would take for ever. Linux tells; elsewhere nobody does.</summary>
/// <param name="Owner">The number of the user whose it is.</param>
/// <param name="Mode">Kind and permissions, as stat(2) has them.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Inode">Its number, which no other file of its file system has for as long as it is there or open.</param>
internal readonly unsafe partial record struct FileFacts(uint Owner, uint Mode, long Size, ulong Inode)
{
    private const string Nothing = "/dev/null";
    private const int CurrentFolder = -100;
    private const int NotThroughLink = 0x100;
    private const uint WantAll = 0x7ff;
    private const int StatxSize = 256;
    private const int StatxOwner = 20;
    private const int StatxMode = 28;
    private const int StatxInode = 32;
    private const int StatxLength = 40;
    private const uint KindOfFile = 0xf000;
    private const uint Ordinary = 0x8000;
    private const uint Folder = 0x4000;

    /// <summary>Whether others than its owner and its group can read it.</summary>
    public bool IsReadByOthers => (Mode & 4) != 0;

    /// <summary>Whether others than its owner and its group can change it.</summary>
    public bool IsWrittenByOthers => (Mode & 2) != 0;

    /// <param name="path">The file.</param>
    /// <param name="isLinkItself">Of a symbolic link: whether it is meant itself, and not what it leads to.</param>
    /// <returns>None where there is no file or the system doesn't tell.</returns>
    public static FileFacts? Of(string path, bool isLinkItself = false)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Unlike stat, statx has one layout on all processors.
        var result = stackalloc byte[StatxSize];
        return Statx(CurrentFolder, path, isLinkItself ? NotThroughLink : 0, WantAll, result) == 0
            ? new(*(uint*)(result + StatxOwner), *(ushort*)(result + StatxMode), *(long*)(result + StatxLength), *(ulong*)(result + StatxInode))
            : null;
    }

    /// <summary>Looks before opening whether a file can be read to its end. What it can't look at it lets pass: opening tells.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">Bytes that it may have.</param>
    /// <param name="shownLargest">The same in words.</param>
    /// <exception cref="IOException">It is a pipe, a socket or a device other than /dev/null, or too large.</exception>
    public static void CheckBeforeReading(string path, long largest, string shownLargest)
    {
        if (path == Nothing || Of(path) is not { } facts || (facts.Mode & KindOfFile) == Folder)
        {
            return;
        }

        if ((facts.Mode & KindOfFile) != Ordinary)
        {
            throw new IOException("it is no file but a pipe, a socket or a device.");
        }

        if (facts.Size > largest)
        {
            throw new IOException($"it is larger than {shownLargest}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* result);
}
