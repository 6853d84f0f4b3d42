using ExtGap.Shared;

namespace ExtGap.Supervisor.Configuration;

/// <summary>Files of a configuration that other users of the machine can read or change, and should not.</summary>
internal static class OpenDoors
{
    /// <returns>What is wrong and what to do, a sentence each.</returns>
    public static IReadOnlyList<string> Of(SupervisorOptions options)
    {
        var secrets = options.Programs.Select(program => program.EnvironmentFile)
            .Prepend(options.EnvironmentFile)
            .Distinct(StringComparer.Ordinal)
            .Where(path => FileFacts.Of(path) is { } facts && (facts.IsReadByOthers || facts.IsWrittenByOthers))
            .Select(path => $"Other users of this machine can read or change {path}, which has the secrets: chmod 600 {path}");
        return FileFacts.Of(options.Path) is { IsWrittenByOthers: true }
            ? [.. secrets, $"Other users of this machine can change {options.Path}, and so have any command run as this user: chmod o-w {options.Path}"]
            : [.. secrets];
    }
}
