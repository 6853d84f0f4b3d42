namespace ExtGap.Supervisor.Configuration;

/// <summary><c>supervisor.json</c>, read and found valid.</summary>
internal sealed record SupervisorOptions
{
    /// <summary>Absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Where relative paths start, and the children's working directory: the file's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Absolute path of the folder with socket, lock and pid.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>Of the supervisor's own log.</summary>
    public required LogOptions Logs { get; init; }

    /// <summary>Absolute path of the env file that alerts take their credentials from.</summary>
    public required string EnvironmentFile { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<ProgramOptions> Programs { get; init; }
}
