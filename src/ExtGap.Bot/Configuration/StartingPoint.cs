using System.Globalization;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Configuration;

/// <summary>Where a new ledger starts: at a time, or as long ago as an age.</summary>
internal abstract record StartingPoint
{
    // Nothing that a calendar would have to guess: no date without a year, no 1/2/2026, no time of today.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        .. from separator in new[] { "'T'", "' '" }
           from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
           select $"yyyy-MM-dd{separator}{time}K",
    ];

    private StartingPoint()
    {
    }

    /// <exception cref="FormatException">The text is neither a time nor an age.</exception>
    public static StartingPoint Parse(string text)
    {
        if (Duration.TryParse(text, out var age))
        {
            return new Age(age);
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Styles, out var time) && time >= DateTimeOffset.UnixEpoch
            ? new Time(Instant.From(time))
            : throw new FormatException($"'{text}' is neither a time, such as 2026-01-31 or 2026-01-31T12:00Z (UTC where it has no offset), nor an age, such as 7d.");
    }

    /// <summary>The point in time that this is when it is <paramref name="now"/>.</summary>
    public Instant At(Instant now) => this switch
    {
        Time time => time.Instant,
        Age age => age.Span > now - new Instant(0) ? new Instant(0) : now - age.Span,
        _ => throw new InvalidOperationException($"{nameof(StartingPoint)} has no case {GetType().Name}."),
    };

    /// <summary>A point in time.</summary>
    public sealed record Time(Instant Instant) : StartingPoint;

    /// <summary>So long before now.</summary>
    public sealed record Age(TimeSpan Span) : StartingPoint;
}
