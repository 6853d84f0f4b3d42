using ExtGap.Supervisor.Configuration.Reading;

namespace ExtGap.Supervisor.Configuration;

/// <summary>Reads the variables of a program. Their values may be secrets: no message shows one.</summary>
internal static class EnvironmentReader
{
    /// <summary>What a name may be.</summary>
    public const string NamePattern = "^[A-Za-z_][A-Za-z0-9_.-]*$";

    /// <summary>Variables that the supervisor gives its children itself.</summary>
    private static readonly string[] Reserved = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "EXTGAP_LIFELINE"];

    /// <returns>The variables of <paramref name="under"/> and, before them, those of the object.</returns>
    public static Dictionary<string, string> Read(ConfigObject json, IReadOnlyDictionary<string, string> under)
    {
        var variables = new Dictionary<string, string>(under, StringComparer.Ordinal);
        foreach (var member in json.Members)
        {
            if (FaultOf(member) is { } fault)
            {
                json.Reject(member, fault);
            }
            else
            {
                variables[member.Key] = ((ConfigNode.Text)member.Value).Value;
            }
        }

        return variables;
    }

    private static string? FaultOf(ConfigMember member) => member switch
    {
        { Key: var key } when !IsName(key) => "this is no name of a variable: letters, digits, _, . and -, not beginning with a digit, . or -.",
        { Key: var key } when Reserved.Contains(key, StringComparer.Ordinal) => "the supervisor sets this variable itself: remove it.",
        { Value: ConfigNode.Text text } when text.Value.Contains('\0') => "its value has a NUL character, which no variable can have.",
        { Value: ConfigNode.Text } => null,
        { Value: ConfigNode.Object or ConfigNode.Array } => $"{member.Value.Shown} is not possible: text in quotes.",
        _ => "its value is not possible: text in quotes, numbers too.",
    };

    private static bool IsName(string key) =>
        key.Length > 0
        && (char.IsAsciiLetter(key[0]) || key[0] == '_')
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
