using System.Globalization;

namespace ExtGap.Bot.Configuration;

/// <summary>Durations as users write them: a whole number with a unit, such as <c>30s</c>, <c>90m</c>, <c>24h</c>, <c>7d</c>, or <c>0</c>.</summary>
internal static class Duration
{
    /// <exception cref="FormatException">The text is no duration.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new FormatException($"'{text}' is not a duration: a whole number and a unit are needed (s, m, h or d), such as 90m, 24h or 7d, or 0.");

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
        {
            return true;
        }

        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        duration = TimeSpan.FromSeconds(Math.Min(number * seconds, TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond));
        return seconds > 0;
    }
}
