using System.Text.RegularExpressions;

namespace ExtGap.Supervisor.Setup;

/// <summary>The text of an env file with some of its variables set. All its other lines stay as they are.</summary>
internal static partial class EnvironmentText
{
    /// <summary>What a new one begins with.</summary>
    public const string Header =
        """
        # Secrets of the bots, read afresh at each start. Keep this file to yourself (mode 0600) and out of any repository.
        # A timeframe's own credentials go first: TELEGRAM_BOT_TOKEN_EXTGAP_3M and TELEGRAM_CHAT_IDS_EXTGAP_3M.

        """;

    /// <param name="present">The file as it is; none where there is none.</param>
    /// <param name="variables">What to set. The values need no quotes.</param>
    public static string With(string? present, IReadOnlyList<(string Name, string Value)> variables)
    {
        var lines = Split(present ?? Header);
        foreach (var (name, value) in variables)
        {
            var index = lines.FindIndex(entry => entry.Name == name);
            lines.RemoveAll(entry => entry.Name == name);
            lines.Insert(index < 0 ? lines.Count : index, (name, $"{name}={value}"));
        }

        return string.Concat(lines.Select(line => line.Text + "\n"));
    }

    // An entry is a line, or the lines of a value in quotes that goes on.
    private static List<(string? Name, string Text)> Split(string text)
    {
        var entries = new List<(string? Name, string Text)>();
        char? openQuote = null;
        foreach (var line in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (openQuote is { } quote)
            {
                entries[^1] = (entries[^1].Name, entries[^1].Text + "\n" + line);
                openQuote = line.Contains(quote) ? null : openQuote;
                continue;
            }

            var match = Assignment().Match(line);
            entries.Add((match.Success ? match.Groups["name"].Value : null, line));
            var value = match.Groups["value"].Value;
            openQuote = value is ['"' or '\'', ..] && !value[1..].Contains(value[0]) ? value[0] : null;
        }

        return entries is [(null, "")] ? [] : entries;
    }

    [GeneratedRegex(@"^\s*(export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(?<value>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assignment();
}
