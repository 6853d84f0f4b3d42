using System.Globalization;
using System.Net;
using ExtGap.Core.Market;

namespace ExtGap.Exchange;

/// <summary>Reads the values of options; a <see cref="FormatException"/> tells the value and what is allowed.</summary>
internal static class OptionText
{
    private static readonly (string Suffix, double Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>An address with a port.</summary>
    public static IPEndPoint EndPoint(string text)
    {
        var numeric = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text["localhost".Length..] : text;
        return IPEndPoint.TryParse(numeric, out var endPoint) && numeric.LastIndexOf(':') > numeric.LastIndexOf(']') && !IPAddress.TryParse(numeric, out _)
            ? endPoint
            : throw new FormatException($"'{text}' is not an address with a port: 127.0.0.1:9090, [::1]:9090 or localhost:0 would be.");
    }

    /// <summary>A kline file, and its symbol where the name doesn't tell it.</summary>
    public static KlineFile KlineFile(string text)
    {
        var equals = text.LastIndexOf('=');
        var isSaid = equals > 0 && !File.Exists(text);
        var path = isSaid ? text[..equals] : text;
        var name = isSaid ? text[(equals + 1)..] : Path.GetFileName(path).Split('-', '.')[0];
        return Core.Market.Symbol.TryParse(name, out var symbol)
            ? new(path, symbol)
            : throw new FormatException($"'{text}' tells no symbol: a file is named like AVAXUSDT-1m-2023-02.csv, or given as FILE=AVAXUSDT.");
    }

    /// <summary>Symbols with commas between them.</summary>
    public static Symbol[] Symbols(string text) =>
        Array.ConvertAll(text.Split(',', StringSplitOptions.TrimEntries), Core.Market.Symbol.Parse);

    /// <summary>A seed.</summary>
    public static long Seed(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : throw new FormatException($"'{text}' is not a seed: any whole number is.");

    /// <summary>A speed; infinite for <c>max</c>.</summary>
    public static double Speed(string text)
    {
        const double Fastest = 1_000_000;
        if (text is "max")
        {
            return double.PositiveInfinity;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= Fastest
            ? speed
            : throw new FormatException($"'{text}' is not a speed: a number above 0 and up to {Fastest:F0} is, such as 1, 60 or 0.5, or max.");
    }

    /// <summary>A time in UTC.</summary>
    public static Instant Time(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= Instant.Max.UnixMilliseconds)
        {
            return new(milliseconds);
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) && time >= DateTimeOffset.UnixEpoch
            ? Instant.From(time)
            : throw new FormatException($"'{text}' is not a time: 2023-02-01, 2023-02-01T12:30:00Z (UTC) or milliseconds since 1970 would be.");
    }

    /// <summary>A number of subscribers.</summary>
    public static int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? count
        : throw new FormatException($"'{text}' is not a number of subscribers: 0, 1, 2 … are.");

    /// <summary>A span of time of at least <paramref name="least"/>.</summary>
    public static TimeSpan Duration(string text, TimeSpan least)
    {
        const double Longest = 86_400_000;
        var unit = Array.Find(Units, unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        var number = unit.Suffix is null ? text : text[..^unit.Suffix.Length];
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && (unit.Suffix is not null || count == 0)
            && count * unit.Milliseconds is >= 0 and <= Longest and var milliseconds
            && TimeSpan.FromMilliseconds(Math.Round(milliseconds)) is var duration && duration >= least)
        {
            return duration;
        }

        throw new FormatException($"'{text}' is not a duration from {(long)least.TotalMilliseconds}ms to 24h: 250ms, 2s, 1.5s or 1m would be.");
    }
}
