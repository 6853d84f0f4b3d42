using System.Globalization;
using ExtGap.Shared;

namespace ExtGap.Supervisor.Running;

/// <summary>
/// Holds a run directory against a second supervisor. The kernel lets go of the lock when the process ends, however it ends, so
/// stale files never matter. The lock file itself is never deleted: whoever had opened it before would hold a lock on nothing.
/// </summary>
internal sealed class SupervisorLock : IDisposable
{
    private FileStream _file;

    private SupervisorLock(string runDirectory, string configuration, FileStream file)
    {
        (RunDirectory, Configuration, _file) = (runDirectory, configuration, file);
    }

    /// <summary>Absolute path.</summary>
    public string RunDirectory { get; }

    /// <summary>Absolute path of the supervisor.json that it is held for.</summary>
    public string Configuration { get; }

    /// <summary>Takes the lock.</summary>
    /// <param name="runDirectory">A folder that exists; the lock is a file in it.</param>
    /// <param name="configurationPath">The supervisor.json that it is for; a second supervisor is told.</param>
    /// <exception cref="SupervisorException">
    /// Another supervisor holds it (<see cref="ExitCode.SupervisorRuns"/>), or the folder can't be written (<see cref="ExitCode.Failure"/>).
    /// </exception>
    public static SupervisorLock Take(string runDirectory, string configurationPath)
    {
        FileStream? file = null;
        try
        {
            file = LockFile.TryOpen(LockFile.PathIn(runDirectory))
                ?? throw new SupervisorException(ExitCode.SupervisorRuns, TellHolder(SupervisorHolder.Read(runDirectory), runDirectory, configurationPath));
            if (SupervisorHolder.Read(runDirectory) is { IsAnotherAndLives: true } holder)
            {
                // Somebody has deleted the file of its lock. It takes it anew within seconds, and its programs run.
                throw new SupervisorException(ExitCode.SupervisorRuns, TellHolder(holder, runDirectory, configurationPath));
            }

            SupervisorHolder.Current(configurationPath).Write(runDirectory);
            return new(runDirectory, configurationPath, file);
        }
        catch (SupervisorException)
        {
            file?.Dispose();
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new SupervisorException(
                ExitCode.Failure, $"The run directory {runDirectory} can't be used ({e.Message}): let it be writable for this user, or choose another runDirectory.", e);
        }
    }

    /// <summary>Whether a living supervisor holds the lock of a run directory.</summary>
    /// <exception cref="UnauthorizedAccessException">This user may not read the lock.</exception>
    public static bool IsHeld(string runDirectory) => LockedFile.IsHeld(LockFile.PathIn(runDirectory));

    /// <summary>Who holds the lock of a run directory; none where nobody does, or where that can't be told.</summary>
    public static SupervisorHolder? ReadHolder(string runDirectory)
    {
        try
        {
            return IsHeld(runDirectory) ? SupervisorHolder.Read(runDirectory) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Finds out whether the lock still keeps others out, and takes it anew where somebody has removed its file or the whole folder.
    /// Called every few seconds, it leaves a second supervisor only that long to come in unnoticed.
    /// </summary>
    public LockCheck Check()
    {
        var path = LockFile.PathIn(RunDirectory);
        try
        {
            if (LockedFile.IsAt(_file, path))
            {
                return LockCheck.Held;
            }

            CreateRunDirectory();
            if (LockFile.TryOpen(path) is not { } file)
            {
                return LockCheck.Lost;
            }

            _file.Dispose();
            _file = file;
            SupervisorHolder.Current(Configuration).Write(RunDirectory);
            return LockCheck.TakenAnew;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LockCheck.Unknown;
        }
    }

    public void Dispose()
    {
        // Not the file of a supervisor that has the lock now.
        if (_file.CanWrite && SupervisorHolder.Read(RunDirectory)?.Pid == Environment.ProcessId)
        {
            SupervisorHolder.Delete(RunDirectory);
        }

        _file.Dispose();
    }

    private void CreateRunDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(RunDirectory);
        }
        else
        {
            Directory.CreateDirectory(RunDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string TellHolder(SupervisorHolder? holder, string runDirectory, string configurationPath) => holder is null
        ? $"Another supervisor runs for {configurationPath}, its lock is in {runDirectory}: extgap stop-all stops it."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Another supervisor (process {holder.Pid}, ExtGap {holder.Version}) runs for {holder.Configuration}: extgap stop-all stops it{(holder.Configuration == configurationPath ? string.Empty : $", or give {configurationPath} another runDirectory than {runDirectory}")}.");
}

/// <summary>What has become of a lock.</summary>
internal enum LockCheck
{
    /// <summary>Nobody else can take it.</summary>
    Held,

    /// <summary>It had been removed, and is held again.</summary>
    TakenAnew,

    /// <summary>It had been removed, and another supervisor has taken it since.</summary>
    Lost,

    /// <summary>The run directory can't be looked at, or can't be written any more.</summary>
    Unknown,
}
