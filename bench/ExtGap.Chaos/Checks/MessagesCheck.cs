using System.Globalization;
using System.Text.RegularExpressions;
using ExtGap.Chaos.Product;

namespace ExtGap.Chaos.Checks;

/// <summary>A gap as a message tells of it.</summary>
internal readonly record struct ToldGap(DateTimeOffset At, string Name);

/// <summary>What a chat was told of one bot's gaps.</summary>
/// <param name="Expected">How many there were to tell.</param>
/// <param name="Missing">Those that were not told.</param>
/// <param name="Unknown">Those that never were.</param>
/// <param name="OutOfOrder">Those that were told first after a later one had been.</param>
/// <param name="Repeated">How many messages told what had been told before.</param>
internal sealed record ToldReport(int Expected, IReadOnlyList<ToldGap> Missing, IReadOnlyList<ToldGap> Unknown, IReadOnlyList<ToldGap> OutOfOrder, int Repeated);

/// <summary>Reads gaps out of messages, alone or folded.</summary>
internal static partial class MessagesCheck
{
    /// <summary>Compares what a chat was told with the gaps.</summary>
    /// <param name="messages">The chat's messages, in order.</param>
    /// <param name="timeframe">Whose gaps.</param>
    /// <param name="gaps">Lines of gaps as <see cref="ResultsCheck.ReadGaps"/> gives them, with their header.</param>
    public static ToldReport Compare(IEnumerable<ChatMessage> messages, string timeframe, IEnumerable<string> gaps)
    {
        var expected = gaps.Skip(1).Where(line => line.Length > 0).Select(Parse).ToHashSet();
        var told = new HashSet<ToldGap>();
        var (outOfOrder, repeated, latest) = (new List<ToldGap>(), 0, DateTimeOffset.MinValue);
        foreach (var message in messages.Where(message => IsOf(message.Text, timeframe)))
        {
            var isRepeated = false;
            foreach (var gap in Read(message.Text))
            {
                if (!told.Add(gap))
                {
                    isRepeated = true;
                }
                else if (gap.At < latest)
                {
                    outOfOrder.Add(gap);
                }

                latest = gap.At > latest ? gap.At : latest;
            }

            repeated += isRepeated ? 1 : 0;
        }

        return new(expected.Count, [.. expected.Except(told).OrderBy(gap => gap.At)], [.. told.Except(expected).OrderBy(gap => gap.At)], outOfOrder, repeated);
    }

    /// <summary>The gaps that a message tells of.</summary>
    public static IEnumerable<ToldGap> Read(string text)
    {
        var plain = Tag().Replace(text, string.Empty);
        var lines = plain.Split('\n');
        if (SingleGap().Match(lines[0]) is { Success: true } single)
        {
            return Time().Match(lines[1].Contains("happened", StringComparison.Ordinal) ? lines[1] : lines[^1]) is { Success: true } time
                ? [new(DateTimeOffset.ParseExact(time.Value, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), NameOf(single))]
                : [];
        }

        return lines.Skip(1).Select(line => FoldedGap().Match(line)).Where(match => match.Success).Select(match => new ToldGap(
            DateTimeOffset.ParseExact(
                $"{SyntheticMonth.Start.Year} {match.Groups["time"].Value}", "yyyy MMM dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            NameOf(match)));
    }

    private static bool IsOf(string text, string timeframe) => text.Split('\n')[0].EndsWith($" · {SyntheticMonth.Symbol} {timeframe}", StringComparison.Ordinal);

    private static string NameOf(Match match) => $"{match.Groups["name"].Value} #{match.Groups["number"].Value}";

    private static ToldGap Parse(string line)
    {
        var fields = line.Split(',');
        var end = DateTimeOffset.Parse(fields[5], CultureInfo.InvariantCulture).AddMilliseconds(1);
        return new(end, $"{fields[1].ToUpperInvariant()} #{fields[2]}");
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[^\w]*(?<name>BULLISH|BEARISH)( #(?<number>\d+))?(, first gap| gap|, reversal)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SingleGap();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d", RegexOptions.None, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<time>[A-Z][a-z]{2} \d\d \d\d:\d\d) \S+ (?<name>BULLISH|BEARISH) #(?<number>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FoldedGap();
}
