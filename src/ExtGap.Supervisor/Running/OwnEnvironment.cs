using System.Collections;

namespace ExtGap.Supervisor.Running;

/// <summary>The environment that this process was started with, which its children inherit.</summary>
internal static class OwnEnvironment
{
    public static Dictionary<string, string> Read() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty, StringComparer.Ordinal);
}
