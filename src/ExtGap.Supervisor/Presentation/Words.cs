using System.Globalization;

namespace ExtGap.Supervisor.Presentation;

/// <summary>How numbers are written; without blanks where they stand in a column that scripts cut out.</summary>
internal static class Words
{
    /// <summary>A length of time in two units: <c>45s</c>, <c>5m07s</c>, <c>4h12m</c>, <c>2d03h</c>.</summary>
    public static string Span(double seconds)
    {
        var whole = (long)Math.Max(0, seconds);
        return whole switch
        {
            < 60 => Invariant($"{whole}s"),
            < 3600 => Invariant($"{whole / 60}m{whole % 60:00}s"),
            < 86400 => Invariant($"{whole / 3600}h{whole / 60 % 60:00}m"),
            _ => Invariant($"{whole / 86400}d{whole / 3600 % 24:00}h"),
        };
    }

    /// <summary>Seconds in a sentence, a tenth where that tells something: <c>0.3 s</c>, <c>45 s</c>.</summary>
    public static string Seconds(double seconds) => seconds < 9.95 ? Invariant($"{Math.Max(0, seconds):0.0} s") : Invariant($"{seconds:0} s");

    /// <summary>Decimal units, as disks and <c>maxMemory</c> have them: <c>21MB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Invariant($"{bytes}B"),
        < 1_000_000 => Invariant($"{bytes / 1e3:0}kB"),
        < 10_000_000 => Invariant($"{bytes / 1e6:0.0}MB"),
        < 1_000_000_000 => Invariant($"{bytes / 1e6:0}MB"),
        _ => Invariant($"{bytes / 1e9:0.00}GB"),
    };

    public static string Percent(double percent) => Invariant($"{percent:0.0}%");

    public static string Price(decimal price) => price.ToString("0.########", CultureInfo.InvariantCulture);

    public static string Profit(decimal profit) => profit.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>The full minute that a candle closed at: its close time is a millisecond before.</summary>
    public static string Minute(DateTimeOffset close) => new DateTimeOffset(Math.Min(close.UtcTicks + TimeSpan.TicksPerMillisecond, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero).ToString("MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>3m, 15m and 1h</c>.</summary>
    public static string List(IReadOnlyList<string> names) => names switch
    {
        [] => "none",
        [var one] => one,
        _ => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1],
    };

    public static string Count(long count, string thing) => Invariant($"{count} {thing}{(count == 1 ? string.Empty : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
