using System.Security.Cryptography;
using System.Text;

namespace ExtGap.Supervisor.Configuration;

/// <summary>
/// The folder with the supervisor's sockets, lock and pid. Every verb must find the same one, so it depends on nothing but the
/// configuration's path, the user's rights and <c>XDG_RUNTIME_DIR</c>, and not on the programs that there are.
/// </summary>
internal static class RunDirectory
{
    /// <summary>The longest path of a socket, in bytes of UTF-8: the system takes 107, macOS 103, and the control socket is bound under a name of a few bytes more.</summary>
    public const int LongestSocketPath = 100;

    /// <summary>The folder beside <c>supervisor.json</c>, where that names none.</summary>
    public const string DefaultName = "run";

    private const int LongestProgramName = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where clients speak to the supervisor.</summary>
    public static string ControlSocketPath(string runDirectory) => Path.Combine(runDirectory, "extgap.sock");

    /// <summary>Where a bot tells how it fares.</summary>
    public static string NotifySocketPath(string runDirectory, string program) => Path.Combine(runDirectory, program + ".notify");

    /// <summary>Decides between the folder that the configuration names and <c>$XDG_RUNTIME_DIR/extgap-HASH</c>.</summary>
    /// <param name="wanted">Absolute path of what the configuration names.</param>
    /// <param name="configuration">Absolute path of <c>supervisor.json</c>.</param>
    /// <param name="environment">The value of a variable.</param>
    /// <param name="canWrite">Whether a folder can be written to, or created.</param>
    /// <param name="chosen">The decision; <paramref name="wanted"/> where neither serves.</param>
    /// <returns>What is wrong and what to do, where neither serves.</returns>
    public static string? Choose(string wanted, string configuration, Func<string, string?> environment, Func<string, bool> canWrite, out string chosen)
    {
        chosen = wanted;
        if (FaultOf(wanted, canWrite) is not { } fault)
        {
            return null;
        }

        if (environment("XDG_RUNTIME_DIR") is not { Length: > 0 } runtime)
        {
            return $"{fault}, and XDG_RUNTIME_DIR is not set, where it could be instead: name a folder with a short path that you can write to.";
        }

        var instead = Path.Combine(runtime, "extgap-" + Hash(configuration));
        if (!Path.IsPathFullyQualified(runtime) || FaultOf(instead, canWrite) is not null)
        {
            return $"{fault}, and neither can {instead} (in XDG_RUNTIME_DIR): name a folder with a short path that you can write to.";
        }

        chosen = instead;
        return null;
    }

    /// <summary>Creates the folder for its owner alone, or makes it so.</summary>
    /// <exception cref="SupervisorException">It can't be created, or is another user's.</exception>
    public static void Prepare(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            if (PosixFile.OtherOwnerOf(path) is { } owner)
            {
                throw new SupervisorException(ExitCode.Configuration, $"The run directory {path} belongs to another user (number {owner}): remove it, or set another `runDirectory` in supervisor.json.");
            }

            if (File.GetUnixFileMode(path) != OwnerOnly)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SupervisorException(ExitCode.Configuration, $"The run directory {path} can't be used: {e.Message} Set another `runDirectory` in supervisor.json.", e);
        }
    }

    private static string? FaultOf(string folder, Func<string, bool> canWrite)
    {
        var longest = Encoding.UTF8.GetByteCount(NotifySocketPath(folder, new('x', LongestProgramName)));
        if (longest > LongestSocketPath)
        {
            return $"{folder} can't have the sockets, for its path is {longest - LongestSocketPath} bytes too long";
        }

        return canWrite(folder) ? null : $"{folder} can't be written to";
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}
