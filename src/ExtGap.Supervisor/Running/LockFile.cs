namespace ExtGap.Supervisor.Running;

/// <summary>A file that one process has for itself: the runtime's FileShare is flock(2) here.</summary>
internal static class LockFile
{
    private const int MaxTries = 1000;

    // An IOException's HResult is the system's own number for the error; this is that of a file that another process has locked.
    private static readonly int HeldByAnother = OperatingSystem.IsLinux() ? 11 : OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : 35;

    /// <summary>The lock file of a run directory.</summary>
    public static string PathIn(string runDirectory) => Path.Combine(runDirectory, "extgap.lock");

    /// <summary>Takes the lock, without waiting for whoever holds it.</summary>
    /// <returns>None where another holds it.</returns>
    /// <exception cref="IOException">The file can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static FileStream? TryOpen(string path)
    {
        var spin = default(SpinWait);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (e.HResult == HeldByAnother)
            {
                // Somebody who only looks has it too, for a moment, and must not keep a supervisor from its start.
                if (IsHeld(path))
                {
                    return null;
                }
            }

            spin.SpinOnce();
        }

        return null;
    }

    /// <summary>Whether a living process holds the lock. The look takes a shared lock for a moment.</summary>
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
        catch (IOException e) when (e.HResult == HeldByAnother)
        {
            return true;
        }
    }

    /// <summary>Whether a path still leads to a file that is open. Two files differ in their times: the later one was made after the first was deleted.</summary>
    public static bool IsAt(FileStream file, string path) =>
        File.GetLastWriteTimeUtc(file.SafeFileHandle) == File.GetLastWriteTimeUtc(path)
        && File.GetCreationTimeUtc(file.SafeFileHandle) == File.GetCreationTimeUtc(path);
}
