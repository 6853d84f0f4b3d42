using System.Globalization;

namespace ExtGap.Core.Market;

/// <summary>A point in time in UTC, in whole milliseconds since 1970-01-01, the exchange's own unit.</summary>
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    /// <summary>Length of <see cref="ToString()"/>'s text, such as <c>2025-11-11T18:51:59.999+00:00</c>.</summary>
    public const int TextLength = 29;

    private const long MillisecondsPerDay = 86_400_000;

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
    public bool TryFormat(Span<byte> destination, out int written)
    {
        if (UnixMilliseconds < 0 || this > Max)
        {
            return ToDateTimeOffset().TryFormat(destination, out written, Format, CultureInfo.InvariantCulture);
        }

        written = 0;
        if (destination.Length < TextLength)
        {
            return false;
        }

        // By hand, for the calendar's own formatting reads the pattern each time and takes ten times as long: files have three in each row.
        "0000-00-00T00:00:00.000+00:00"u8.CopyTo(destination);
        var (days, milliseconds) = Math.DivRem(UnixMilliseconds, MillisecondsPerDay);
        var (year, month, day) = DateOf((int)days);
        var time = (int)milliseconds;
        AddDigits(destination[..4], year);
        AddDigits(destination[5..7], month);
        AddDigits(destination[8..10], day);
        AddDigits(destination[11..13], time / 3_600_000);
        AddDigits(destination[14..16], time / 60_000 % 60);
        AddDigits(destination[17..19], time / 1000 % 60);
        AddDigits(destination[20..23], time % 1000);
        written = TextLength;
        return true;
    }

    private static void AddDigits(Span<byte> zeros, int number)
    {
        for (var i = zeros.Length - 1; i >= 0; i--)
        {
            zeros[i] += (byte)(number % 10);
            number /= 10;
        }
    }

    /// <summary>
    /// The date of a day since 1970. Years begin in March here, so that the leap day is the last of one, and the months' lengths follow from
    /// 153 days in five of them: https://howardhinnant.github.io/date_algorithms.html#civil_from_days.
    /// </summary>
    private static (int Year, int Month, int Day) DateOf(int days)
    {
        days += 719_468; // 0000-03-01 to 1970-01-01
        var (era, ofEra) = Math.DivRem(days, 146_097);
        var year = (ofEra - (ofEra / 1460) + (ofEra / 36_524) - (ofEra / 146_096)) / 365;
        var ofYear = ofEra - ((365 * year) + (year / 4) - (year / 100));
        var month = ((5 * ofYear) + 2) / 153;
        var day = ofYear - (((153 * month) + 2) / 5) + 1;
        return month < 10 ? ((era * 400) + year, month + 3, day) : ((era * 400) + year + 1, month - 9, day);
    }

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
