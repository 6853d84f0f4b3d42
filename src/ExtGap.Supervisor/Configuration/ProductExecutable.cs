namespace ExtGap.Supervisor.Configuration;

/// <summary>Another executable of ExtGap's, and where it is.</summary>
/// <param name="Name">Of its file.</param>
/// <param name="Variable">The variable of the environment that names another.</param>
/// <param name="Project">Of the repository.</param>
internal sealed record ProductExecutable(string Name, string Variable, string Project)
{
    public static ProductExecutable Bot { get; } = new("extgap-bot", "EXTGAP_BOT", "ExtGap.Bot");

    public static ProductExecutable Exchange { get; } = new("extgap-exchange", "EXTGAP_EXCHANGE", "ExtGap.Exchange");

    /// <summary>
    /// What its variable names; else beside this executable, where a publish puts it; else where a build of the repository puts it,
    /// in the same configuration; else in PATH.
    /// </summary>
    /// <exception cref="SupervisorException">There is none; trying again can't help.</exception>
    public string Find() => Find(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);

    /// <inheritdoc cref="Find()"/>
    /// <param name="environment">The value of a variable.</param>
    /// <param name="baseDirectory">The folder of this executable.</param>
    public string Find(Func<string, string?> environment, string baseDirectory)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            var path = Path.GetFullPath(named);
            return PosixFile.IsExecutable(path) ? path : throw ExecutableSearch.Missing($"{Variable}: {ExecutableSearch.WhyNot(path)}");
        }

        var file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        return new[] { Path.Combine(baseDirectory, file), InRepository(baseDirectory, file) }.FirstOrDefault(PosixFile.IsExecutable)
            ?? ExecutableSearch.InPath(file, environment("PATH"))
            ?? throw ExecutableSearch.Missing($"there is no {Name} beside {Path.Combine(baseDirectory, "extgap")} nor in PATH: build it, or name it in {Variable}");
    }

    // From src/ExtGap.Supervisor/bin/CONFIGURATION/FRAMEWORK to src/PROJECT/bin/CONFIGURATION/FRAMEWORK.
    private string InRepository(string baseDirectory, string file)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(baseDirectory));
        return Path.GetFullPath(Path.Combine("..", "..", "..", "..", Project, "bin", framework.Parent?.Name ?? string.Empty, framework.Name, file), framework.FullName);
    }
}
