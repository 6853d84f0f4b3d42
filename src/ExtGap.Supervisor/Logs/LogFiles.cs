using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Logs;

/// <summary>Where logs are.</summary>
internal static class LogFiles
{
    /// <summary>What a program writes to stdout.</summary>
    public static string Stdout(LogOptions options, string program) => Path.Combine(options.Directory, $"extgap_indicator_{program}_stdout.log");

    /// <summary>What a program writes to stderr.</summary>
    public static string Stderr(LogOptions options, string program) => Path.Combine(options.Directory, $"extgap_indicator_{program}_stderr.log");

    /// <summary>The supervisor's own.</summary>
    public static string Supervisor(LogOptions options) => Path.Combine(options.Directory, "supervisor.log");

    /// <summary>A rotated file: 1 is the newest.</summary>
    public static string Backup(string path, int number) => $"{path}.{number}";
}
