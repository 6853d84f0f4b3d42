namespace ExtGap.Supervisor.Configuration;

/// <summary>Finds what a program runs.</summary>
internal static class ExecutableSearch
{
    /// <param name="command">A path, or a name that is in PATH.</param>
    /// <param name="folder">Where relative paths start.</param>
    /// <param name="searchPath">The variable PATH.</param>
    /// <returns>An absolute path.</returns>
    /// <exception cref="SupervisorException">There is none; trying again can't help.</exception>
    public static string Find(string command, string folder, string? searchPath)
    {
        if (!command.Contains('/') && !command.Contains(Path.DirectorySeparatorChar))
        {
            return InPath(command, searchPath) ?? throw Missing($"there is no executable {command} in PATH");
        }

        var path = Path.GetFullPath(command, folder);
        return PosixFile.IsExecutable(path) ? path : throw Missing(WhyNot(path));
    }

    /// <returns>The first executable of that name; none where there is none.</returns>
    public static string? InPath(string name, string? searchPath) => (searchPath ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(PosixFile.IsExecutable);

    /// <summary>Why a path is no executable, in words.</summary>
    public static string WhyNot(string path) =>
        Directory.Exists(path) ? $"{path} is a folder, not an executable"
        : File.Exists(path) ? $"{path} is not executable: chmod +x it"
        : $"there is no executable {path}";

    /// <summary>The exception of something that is not there.</summary>
    public static SupervisorException Missing(string why) => new(ExitCode.Configuration, why);
}
