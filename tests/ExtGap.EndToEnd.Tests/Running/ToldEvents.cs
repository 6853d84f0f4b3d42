using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>The gaps and trades that English messages tell of, each as its minute and what happened, such as <c>01-31 12:00 BEARISH #2</c>.</summary>
public static partial class ToldEvents
{
    private const string Minute = "MM-dd HH:mm";

    /// <summary>The events of a message, in its order: one, or those of a folded one.</summary>
    public static IReadOnlyList<string> Of(ChatMessage message)
    {
        var text = Tag().Replace(message.Text, string.Empty);
        var folded = FoldedLine().Matches(text);
        if (folded.Count > 0)
        {
            return [.. folded.Select(line => $"{Parse(line.Groups["time"].Value, "MMM d HH:mm")} {What(line.Groups["what"].Value)}")];
        }

        var what = What(text.Split('\n')[0]);
        return what.Length == 0 ? [] : [$"{Parse(HappenedAt().Matches(text)[^1].Groups["time"].Value, "yyyy-MM-dd HH:mm")} {what}"];
    }

    /// <summary>
    /// The events that CSV files tell of, in the order in which they happen. An entry is told for each reversal: there must be a next candle
    /// after the last one, and no hole behind any.
    /// </summary>
    public static IReadOnlyList<string> Of(Results results)
    {
        var events = new List<(DateTimeOffset At, int Order, string What)>();
        foreach (var fields in Rows(results.Gaps))
        {
            events.Add((Ended(fields[5]), 1, $"{fields[1].ToUpperInvariant()} #{fields[2]}"));
            if (fields[7] == "true")
            {
                events.Add((Ended(fields[5]), 2, fields[1] == "bullish" ? "LONG" : "SHORT"));
            }
        }

        foreach (var fields in Rows(results.Trades).Where(fields => fields[12] == "24H_EXPIRY"))
        {
            events.Add((Ended(fields[2]), 0, "expiry"));
        }

        return [.. events.OrderBy(e => e.At).ThenBy(e => e.Order).Select(e => $"{e.At.ToString(Minute, CultureInfo.InvariantCulture)} {e.What}")];
    }

    private static string What(string line)
    {
        var match = Gap().Match(line);
        return match.Success ? match.Value : line.Contains('⏰', StringComparison.Ordinal) ? "expiry" : Entry().Match(line).Groups["side"].Value;
    }

    private static string Parse(string time, string format) =>
        DateTime.ParseExact(time, format, CultureInfo.InvariantCulture, DateTimeStyles.None).ToString(Minute, CultureInfo.InvariantCulture);

    private static DateTimeOffset Ended(string closeTime) => DateTimeOffset.Parse(closeTime, CultureInfo.InvariantCulture) + TimeSpan.FromMilliseconds(1);

    private static IEnumerable<string[]> Rows(string csv) => csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("^(⏪ )?(?<time>[A-Z][a-z]{2} [0-9]{1,2} [0-9]{2}:[0-9]{2}) (?<what>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FoldedLine();

    [GeneratedRegex("(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}) UTC( |$)?(?!\\))", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HappenedAt();

    [GeneratedRegex("(BULLISH|BEARISH) #[0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gap();

    [GeneratedRegex("(?<side>LONG|SHORT) @", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entry();
}
