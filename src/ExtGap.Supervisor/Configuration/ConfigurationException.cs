namespace ExtGap.Supervisor.Configuration;

/// <summary>Something in <c>supervisor.json</c> that can't work.</summary>
/// <param name="Line">Where it is, from 1; 0 where it has no place, as a missing file.</param>
/// <param name="Path">Such as <c>programs.3m.restart.factor</c>; empty where it is the whole file.</param>
/// <param name="Message">The value and what is allowed.</param>
internal sealed record ConfigurationFault(int Line, string Path, string Message);

/// <summary>All that is wrong with a <c>supervisor.json</c>; its message has a line for each fault.</summary>
internal sealed class ConfigurationException : SupervisorException
{
    /// <param name="file">The file as the user named it.</param>
    /// <param name="faults">In the order of the file; at least one.</param>
    /// <param name="runDirectory">Absolute path of the run directory, where the file could be read as far as that.</param>
    public ConfigurationException(string file, IReadOnlyList<ConfigurationFault> faults, string? runDirectory)
        : base(Supervisor.ExitCode.Configuration, string.Join('\n', faults.Select(fault => Describe(file, fault))))
    {
        Faults = faults;
        RunDirectory = runDirectory;
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; }

    /// <summary>Where the supervisor is that read the file before it was spoilt; none where the file doesn't tell.</summary>
    public string? RunDirectory { get; }

    private static string Describe(string file, ConfigurationFault fault)
    {
        var line = fault.Line > 0 ? $":{fault.Line}" : string.Empty;
        return fault.Path.Length > 0 ? $"{file}{line}: {fault.Path}: {fault.Message}" : $"{file}{line}: {fault.Message}";
    }
}
