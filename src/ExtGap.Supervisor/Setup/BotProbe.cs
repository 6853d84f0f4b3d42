using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Setup;

/// <summary>A question to <c>extgap-bot</c>, which alone knows what is a symbol or a token: its variables, with values that nobody has written to a file yet.</summary>
/// <param name="Variables">They go by the environment, for a process list shows arguments to all users.</param>
/// <param name="Tests">Whether the exchange and Telegram are asked too.</param>
internal sealed record BotProbe(IReadOnlyDictionary<string, string> Variables, OnlineTests Tests)
{
    private const string EnvironmentFileVariable = "EXTGAP_ENV_FILE";

    // An empty file: what the bot's own .env says is among the variables, as far as it is meant.
    private const string NoFile = "/dev/null";

    /// <summary>
    /// What must be set, or removed (null), of the environment that the process inherits. Only the variables themselves are judged: of
    /// others a test online keeps those that say where exchange and Telegram are, and nothing keeps other credentials.
    /// </summary>
    public IReadOnlyDictionary<string, string?> ChangesTo(IReadOnlyDictionary<string, string> inherited)
    {
        var changes = inherited.Keys.Where(IsLeftOut).ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (name, value) in Variables)
        {
            changes[name] = value;
        }

        changes[EnvironmentFileVariable] = NoFile;
        return changes;
    }

    private bool IsLeftOut(string name) =>
        name.StartsWith("TELEGRAM_", StringComparison.Ordinal) || (Tests == OnlineTests.None && name.StartsWith("EXTGAP_", StringComparison.Ordinal));
}
