using System.Globalization;
using ExtGap.Core.Market;

namespace ExtGap.Exchange.Faults;

/// <summary>Reads the values of faults; a <see cref="FormatException"/> tells the value and what is allowed.</summary>
internal static class FaultText
{
    private const int MostOf = 1_000_000;
    private const int MostSeconds = 86_400;

    private static readonly int[] Refusals = [403, 418, 429, 451, 500, 503];

    /// <summary>A length of time above 0.</summary>
    public static FaultValue Duration(string text) => new() { Duration = OptionText.Duration(text, TimeSpan.FromMilliseconds(1)) };

    /// <summary>Every how many.</summary>
    public static FaultValue Count(string text) => new() { Number = Number(text, 1, MostOf) };

    /// <summary>How many seconds a client is to wait.</summary>
    public static FaultValue Seconds(string text) => new() { Number = Number(text, 1, MostSeconds) };

    /// <summary>How many candles.</summary>
    public static FaultValue Candles(string text) => new() { Number = Number(text, 1, 1500) };

    /// <summary>The answer to a handshake.</summary>
    public static FaultValue Status(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && Refusals.Contains(status)
            ? new() { Number = status }
            : throw new FormatException($"'{text}' is not an answer to a handshake: {string.Join(", ", Refusals)} are.");

    /// <summary>Every how many candles, and of which timeframe.</summary>
    public static FaultValue CandlesOf(string text)
    {
        if (text.Split('@') is not [var count, var name])
        {
            return Count(text);
        }

        // Weeks and months have no even grid to count them on.
        return Timeframe.TryParse(name, out var timeframe) && timeframe.DividesDay
            ? Count(count) with { Timeframe = timeframe }
            : throw new FormatException($"'{name}' is not a timeframe of at most a day: 1m, 3m or 1h would be.");
    }

    /// <summary>A chat.</summary>
    public static FaultValue Chat(string text) => new() { Chat = ParseChat(text) };

    /// <summary>A chat and the one that takes its place.</summary>
    public static FaultValue Chats(string text) => text.Split(':') is [var old, var next] && long.TryParse(next, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        ? new() { Chat = ParseChat(old), NewChat = ParseChat(next) }
        : throw new FormatException($"'{text}' is not a chat and the number of another: -100:-100200 would be.");

    /// <summary>A whole number within limits.</summary>
    public static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is not a whole number from {least} to {most}.");

    private static string ParseChat(string text) =>
        text is ['@', _, ..] || long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? text
            : throw new FormatException($"'{text}' is not a chat: a number or @name is.");
}
