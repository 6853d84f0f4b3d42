using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ExtGap.Core.Market;

/// <summary>
/// How long a candle lasts: one of the exchange's own intervals, or a whole number of minutes that divides a day,
/// which is built from the largest of the exchange's own that divides it.
/// </summary>
public readonly record struct Timeframe : IComparable<Timeframe>
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;
    private const int Month = 30 * Day; // nominal: no other timeframe has this length

    // 1970-01-01 was a Thursday; the exchange's weeks begin on Monday.
    private const long FirstMonday = 4L * Day;

    private static readonly int[] NativeMinutes = [1, 3, 5, 15, 30, 60, 120, 240, 360, 480, 720, Day, 3 * Day, Week, Month];

    private readonly int _minutes;

    private Timeframe(int minutes) => _minutes = minutes;

    /// <summary>The exchange's own intervals, shortest first.</summary>
    public static ImmutableArray<Timeframe> Natives { get; } = [.. NativeMinutes.Select(minutes => new Timeframe(minutes))];

    /// <summary>Every timeframe that can be asked for, shortest first.</summary>
    public static ImmutableArray<Timeframe> All { get; } =
        [.. Enumerable.Range(1, Day).Where(minutes => Day % minutes == 0).Union(NativeMinutes).Order().Select(minutes => new Timeframe(minutes))];

    /// <summary>Length of a candle; for a month, which has no fixed one, 30 days.</summary>
    public TimeSpan NominalLength => TimeSpan.FromMinutes(_minutes);

    /// <summary>Whether the exchange has this interval itself.</summary>
    public bool IsNative => NativeMinutes.Contains(_minutes);

    /// <summary>Whether candles open at multiples of the timeframe since the epoch, the same every day.</summary>
    public bool DividesDay => Day % _minutes == 0;

    /// <summary>The exchange's interval from which candles of this timeframe come: itself where it is native.</summary>
    public Timeframe Source
    {
        get
        {
            var minutes = _minutes;
            return new(Array.FindLast(NativeMinutes, native => native <= minutes && minutes % native == 0));
        }
    }

    /// <summary>The name in file names, where upper and lower case may be one: the month is <c>1mo</c>.</summary>
    public string FileName => _minutes == Month ? "1mo" : ToString();

    private long LengthInMilliseconds => _minutes * 60_000L;

    /// <summary>Reads a timeframe such as <c>3m</c>, <c>90m</c>, <c>1h</c>, <c>1d</c> or <c>1M</c> (the month); <c>60m</c> is <c>1h</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Timeframe timeframe)
    {
        timeframe = default;
        if (text is null || text.Length < 2 || text[0] == '0' || text.Length > 6
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var minutes = text[^1] switch
        {
            'm' => number,
            'h' => number * 60,
            'd' => number * Day,
            'w' => number * Week,
            'M' => number == 1 ? Month : 0,
            _ => 0,
        };
        var possible = minutes > 0 && (minutes != Month || text[^1] == 'M') && All.Contains(new(minutes));
        timeframe = possible ? new(minutes) : default;
        return possible;
    }

    /// <summary>Reads a timeframe; see <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">There is no such timeframe; the message lists those that there are.</exception>
    public static Timeframe Parse(string text) => TryParse(text, out var timeframe)
        ? timeframe
        : throw new FormatException(
            $"'{text}' is not a timeframe. The exchange has {string.Join(' ', Natives)}; built from these are {string.Join(' ', All.Where(t => !t.IsNative))}.");

    /// <summary>The timeframe whose candle lasts from <paramref name="openTime"/> to <paramref name="closeTime"/>, both included.</summary>
    public static bool TryFromCandle(Instant openTime, Instant closeTime, out Timeframe timeframe)
    {
        var length = closeTime.UnixMilliseconds + 1 - openTime.UnixMilliseconds;
        foreach (var candidate in All)
        {
            if (candidate.LengthInMilliseconds == length && candidate._minutes != Month)
            {
                timeframe = candidate;
                return true;
            }
        }

        timeframe = new(Month);
        return timeframe.Floor(openTime) == openTime && timeframe.CloseTimeOf(openTime) == closeTime;
    }

    /// <summary>
    /// The open time of the candle in which an instant lies: a multiple of the timeframe since the epoch, Monday for the week, the first for the month.
    /// The exchange's own candles of more than a day open when it says; for these this is a guess.
    /// </summary>
    public Instant Floor(Instant instant)
    {
        if (_minutes == Month)
        {
            var time = instant.ToDateTimeOffset();
            return Instant.From(new DateTimeOffset(time.Year, time.Month, 1, 0, 0, 0, TimeSpan.Zero));
        }

        var offset = _minutes == Week ? FirstMonday * 60_000 : 0;
        var since = (instant.UnixMilliseconds - offset) % LengthInMilliseconds;
        return new(instant.UnixMilliseconds - (since < 0 ? since + LengthInMilliseconds : since));
    }

    /// <summary>The open time of the first candle that opens at an instant or later.</summary>
    public Instant Ceiling(Instant instant)
    {
        var floor = Floor(instant);
        return floor == instant ? floor : Next(floor);
    }

    /// <summary>The open time of the candle after the one that opens at <paramref name="openTime"/>.</summary>
    public Instant Next(Instant openTime)
    {
        if (_minutes == Month)
        {
            // By its days, for the calendar's last month has no next one to ask the calendar for.
            var time = openTime.ToDateTimeOffset();
            return openTime + TimeSpan.FromDays(DateTime.DaysInMonth(time.Year, time.Month));
        }

        return new(openTime.UnixMilliseconds + LengthInMilliseconds);
    }

    /// <summary>The close time (its last millisecond) of the candle that opens at <paramref name="openTime"/>.</summary>
    public Instant CloseTimeOf(Instant openTime) => new(Next(openTime).UnixMilliseconds - 1);

    /// <summary>Whether candles of this timeframe can be built from those of a shorter one (or are those themselves).</summary>
    public bool CanBeBuiltFrom(Timeframe source) =>
        source == this || (source._minutes < _minutes && source.DividesDay && (!DividesDay || _minutes % source._minutes == 0));

    /// <inheritdoc/>
    public int CompareTo(Timeframe other) => _minutes.CompareTo(other._minutes);

    /// <summary>The exchange's name for it, such as <c>3m</c>; what is built is named in hours where these are whole.</summary>
    public override string ToString() => _minutes switch
    {
        Month => "1M",
        Week => "1w",
        >= Day => $"{_minutes / Day}d",
        _ => _minutes % 60 == 0 ? $"{_minutes / 60}h" : $"{_minutes}m",
    };

    /// <summary>Whether one timeframe is shorter than another.</summary>
    public static bool operator <(Timeframe left, Timeframe right) => left._minutes < right._minutes;

    /// <summary>Whether one timeframe is longer than another.</summary>
    public static bool operator >(Timeframe left, Timeframe right) => left._minutes > right._minutes;

    /// <summary>Whether one timeframe is not longer than another.</summary>
    public static bool operator <=(Timeframe left, Timeframe right) => left._minutes <= right._minutes;

    /// <summary>Whether one timeframe is not shorter than another.</summary>
    public static bool operator >=(Timeframe left, Timeframe right) => left._minutes >= right._minutes;
}
