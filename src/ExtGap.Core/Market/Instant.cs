using System.Globalization;

namespace ExtGap.Core.Market;

/// <summary>A point in time in UTC, in whole milliseconds since 1970-01-01, the exchange's own unit.</summary>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    /// <summary>Length of <see cref="ToString()"/>'s text, such as <c>2025-11-11T18:51:59.999+00:00</c>.</summary>
    public const int TextLength = 29;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'";

    /// <summary>The latest instant that a calendar can show (the last millisecond of the year 9999).</summary>
    public static Instant Max { get; } = new(253_402_300_799_999);

    /// <summary>The instant of a UTC date and time; anything finer than a millisecond is cut off.</summary>
    public static Instant From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    /// <summary>The same instant as a <see cref="DateTimeOffset"/> in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    /// <summary>ISO 8601 with milliseconds and a numeric offset, as the CSV files have it.</summary>
    public override string ToString() => ToDateTimeOffset().ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Writes the text of <see cref="ToString()"/> as UTF-8.</summary>
    /// <returns>Whether <paramref name="destination"/> had the <see cref="TextLength"/> bytes that it takes.</returns>
    public bool TryFormat(Span<byte> destination, out int written) =>
        ToDateTimeOffset().TryFormat(destination, out written, Format, CultureInfo.InvariantCulture);

    /// <summary>The time that passed between two instants.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) =>
        TimeSpan.FromMilliseconds(later.UnixMilliseconds - earlier.UnixMilliseconds);

    /// <summary>The instant after a span, which counts in whole milliseconds.</summary>
    public static Instant operator +(Instant instant, TimeSpan span) =>
        new(instant.UnixMilliseconds + (span.Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>The instant before a span, which counts in whole milliseconds.</summary>
    public static Instant operator -(Instant instant, TimeSpan span) =>
        new(instant.UnixMilliseconds - (span.Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>Whether one instant is before another.</summary>
    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    /// <summary>Whether one instant is after another.</summary>
    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    /// <summary>Whether one instant is not after another.</summary>
    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    /// <summary>Whether one instant is not before another.</summary>
    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;
}
