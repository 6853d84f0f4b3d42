using System.Globalization;

namespace ExtGap.Supervisor.Configuration;

/// <summary>
/// The options of <c>extgap-bot</c> that a configuration may have. The supervisor knows their names and not their meaning:
/// the bot says what is wrong with a value, and the supervisor shows it. A test compares this list with the bot's.
/// </summary>
internal static class BotOptionNames
{
    /// <summary>In the order of the bot's help.</summary>
    public static readonly string[] All =
    [
        "symbol", "timeframe", "algorithm", "notional", "entry-fee-rate", "exit-fee-rate", "max-hold", "since", "stats-interval",
        "data-directory", "language", "instance", "log-level", "stream-url", "api-url", "telegram-url",
    ];

    /// <summary>Options that would do harm here, and what to do instead.</summary>
    public static readonly (string Name, string Remedy)[] Refused =
    [
        ("fresh", "a bot with this option would start anew at each restart. Run `extgap-bot --fresh` once by hand while the program is stopped."),
        ("env-file", "use the program's `environmentFile`, beside `bot`."),
    ];

    /// <summary><c>maxHold</c> of <c>max-hold</c>.</summary>
    public static string CamelCase(string name)
    {
        var words = name.Split('-');
        return string.Concat(words.Take(1).Concat(words.Skip(1).Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..])));
    }

    /// <summary><c>EXTGAP_MAX_HOLD</c> of <c>max-hold</c>.</summary>
    public static string Variable(string name) => "EXTGAP_" + name.ToUpperInvariant().Replace('-', '_');
}
