using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>Durations as users write them: a number with a unit, such as <c>500ms</c>, <c>1.5s</c>, <c>30s</c>, <c>10m</c>, <c>1h</c>, <c>7d</c>, or <c>0</c>.</summary>
internal static partial class Duration
{
    /// <summary>What it looks like.</summary>
    public const string Pattern = @"^(0|[0-9]{1,9}(\.[0-9]{1,6})?(ms|s|m|h|d))$";

    // Beyond every range, and within what a TimeSpan can be.
    private const double LongestMilliseconds = 1e14;

    private static readonly (string Name, double Milliseconds)[] Units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.EndsWith('\n') || !Shape().IsMatch(text))
        {
            return false;
        }

        var digits = text.TrimEnd('m', 's', 'h', 'd');
        var milliseconds = Array.Find(Units, unit => unit.Name == text[digits.Length..]).Milliseconds;
        duration = TimeSpan.FromMilliseconds(Math.Min(double.Parse(digits, CultureInfo.InvariantCulture) * milliseconds, LongestMilliseconds));
        return true;
    }

    /// <returns>Whether it is a duration that can be told from others: not negative, and shorter than a lifetime.</returns>
    public static bool TryFromSeconds(double seconds, out TimeSpan duration)
    {
        var isPossible = seconds is >= 0 and <= LongestMilliseconds / 1000;
        duration = isPossible ? TimeSpan.FromSeconds(seconds) : default;
        return isPossible;
    }

    /// <summary>In the largest unit of which it is a whole number.</summary>
    public static string Format(TimeSpan duration)
    {
        var (name, milliseconds) = Array.Find(Units, unit => duration.TotalMilliseconds % unit.Milliseconds == 0);
        return duration == TimeSpan.Zero
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds / (name is null ? 1 : milliseconds)}{name ?? "ms"}");
    }

    [GeneratedRegex(Pattern, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
