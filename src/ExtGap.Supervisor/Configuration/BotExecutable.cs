namespace ExtGap.Supervisor.Configuration;

/// <summary>Where <c>extgap-bot</c> is.</summary>
internal static class BotExecutable
{
    /// <summary>Names another executable.</summary>
    public const string Variable = "EXTGAP_BOT";

    private const string Name = "extgap-bot";

    /// <summary>
    /// What <c>EXTGAP_BOT</c> names; else beside this executable, where a publish puts it; else where a build of the repository puts it,
    /// in the same configuration; else in PATH.
    /// </summary>
    /// <exception cref="SupervisorException">There is none; trying again can't help.</exception>
    public static string Find() => Find(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);

    /// <inheritdoc cref="Find()"/>
    /// <param name="environment">The value of a variable.</param>
    /// <param name="baseDirectory">The folder of this executable.</param>
    public static string Find(Func<string, string?> environment, string baseDirectory)
    {
        if (environment(Variable) is { Length: > 0 } named)
        {
            var path = Path.GetFullPath(named);
            return PosixFile.IsExecutable(path) ? path : throw ExecutableSearch.Missing($"{Variable}: {ExecutableSearch.WhyNot(path)}");
        }

        var name = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        return new[] { Path.Combine(baseDirectory, name), InRepository(baseDirectory, name) }.FirstOrDefault(PosixFile.IsExecutable)
            ?? ExecutableSearch.InPath(name, environment("PATH"))
            ?? throw ExecutableSearch.Missing($"there is no {Name} beside {Path.Combine(baseDirectory, "extgap")} nor in PATH: build it, or name it in {Variable}");
    }

    // From src/ExtGap.Supervisor/bin/CONFIGURATION/FRAMEWORK to src/ExtGap.Bot/bin/CONFIGURATION/FRAMEWORK.
    private static string InRepository(string baseDirectory, string name)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(baseDirectory));
        return Path.GetFullPath(Path.Combine("..", "..", "..", "..", "ExtGap.Bot", "bin", framework.Parent?.Name ?? string.Empty, framework.Name, name), framework.FullName);
    }
}
