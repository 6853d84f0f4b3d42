using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Demo;

/// <summary>What of a bot's log a demo shows: gaps, entries and closed trades.</summary>
internal static class DemoLine
{
    /// <summary>The line to show for one of a log; none for what is of no interest.</summary>
    /// <param name="line">Such as <c>2026-11-23T07:54:20.430Z INFO  BTCUSDT 3m: gap detected: bullish #1 at 83231.2, …</c>.</param>
    public static StyledLine? Of(string line)
    {
        // The time is the machine's, which says little beside a market of many times its speed.
        var words = line.Split(' ', 3);
        if (words is not [_, _, var message])
        {
            return null;
        }

        return ToneOf(message) is { } tone ? new(message.TrimStart(), tone) : null;
    }

    private static Tone? ToneOf(string message) => message switch
    {
        _ when Has(message, ": gap detected: bullish") => Tone.Good,
        _ when Has(message, ": gap detected: bearish") => Tone.Bad,
        _ when Has(message, ": gap detected: ") || Has(message, ": Entry Executed: ") => Tone.Plain,
        _ when Has(message, ": Position Closed: ") => Tone.Heading,
        _ => null,
    };

    private static bool Has(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
