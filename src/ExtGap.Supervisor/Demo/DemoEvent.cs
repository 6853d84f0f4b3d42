using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Demo;

/// <summary>What happened in the market.</summary>
internal enum DemoEventKind
{
    Gap,
    Entry,
    Trade,
}

/// <summary>What of a bot's log a demo shows.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">The bot's words.</param>
internal sealed record DemoEvent(DemoEventKind Kind, StyledLine Line)
{
    private static readonly (string Words, DemoEventKind Kind, Tone Tone)[] Known =
    [
        (": gap detected: bullish", DemoEventKind.Gap, Tone.Good),
        (": gap detected: bearish", DemoEventKind.Gap, Tone.Bad),
        (": Entry Executed: ", DemoEventKind.Entry, Tone.Plain),
        (": Position Closed: ", DemoEventKind.Trade, Tone.Heading),
    ];

    /// <summary>The event that a line of a log tells of; none where it tells of something else.</summary>
    /// <param name="line">Such as <c>2026-11-23T07:54:20.430Z INFO  BTCUSDT 3m: gap detected: bullish #1 at 83231.2, …</c>.</param>
    public static DemoEvent? Of(string line)
    {
        foreach (var (words, kind, tone) in Known)
        {
            // The time in front is the machine's, which says little beside a market of many times its speed.
            if (line.Contains(words, StringComparison.OrdinalIgnoreCase) && line.Split(' ', 3) is [_, _, var message])
            {
                return new(kind, new StyledLine(message.TrimStart(), tone));
            }
        }

        return null;
    }
}
