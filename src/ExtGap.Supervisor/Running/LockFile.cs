using ExtGap.Shared;

namespace ExtGap.Supervisor.Running;

/// <summary>A file that one process has for itself: the runtime's FileShare is flock(2) here.</summary>
internal static class LockFile
{
    private const int MaxTries = 1000;

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
            catch (IOException e) when (LockedFile.IsCauseOf(e))
            {
                // Somebody who only looks has it too, for a moment, and must not keep a supervisor from its start.
                if (LockedFile.IsHeld(path))
                {
                    return null;
                }
            }

            spin.SpinOnce();
        }

        return null;
    }
}
