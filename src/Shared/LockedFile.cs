namespace ExtGap.Shared;

/// <summary>Files that one process has for itself: the runtime's FileShare is flock(2) on Unix, and the kernel lets go of it when the process ends.</summary>
internal static class LockedFile
{
    // An IOException's HResult is the system's own number for the error; this is that of a file that another process has locked.
    private static readonly int HeldByAnother = OperatingSystem.IsLinux() ? 11 : OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : 35;

    /// <summary>Whether a file could not be opened because another process has it.</summary>
    public static bool IsCauseOf(IOException error) => error.HResult == HeldByAnother;

    /// <summary>Whether a living process has the file for itself. The look takes a shared lock for a moment.</summary>
    /// <exception cref="IOException">The file can't be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static bool IsHeld(string path)
    {
        try
        {
            using var look = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException e) when (IsCauseOf(e))
        {
            return true;
        }
    }

    /// <summary>Whether a path still leads to a file that is open. Two files differ in their times: the later one was made after the first was deleted, and the first had been there for more than the few milliseconds in which a file system's clock goes.</summary>
    public static bool IsAt(FileStream file, string path) =>
        File.GetLastWriteTimeUtc(file.SafeFileHandle) == File.GetLastWriteTimeUtc(path)
        && File.GetCreationTimeUtc(file.SafeFileHandle) == File.GetCreationTimeUtc(path);
}
