using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Unicode;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;

namespace ExtGap.Fuzz.Targets;

/// <summary>A second opinion on a frame: written for clarity, with a document in memory, big numbers, and no thought of speed.</summary>
/// <param name="IsClear">Whether there is just one way to read it: text in UTF-8, no key twice, no escapes, no replies or errors.</param>
/// <param name="Frame">The kline; none where it is none.</param>
internal readonly record struct PlainKlineReading(bool IsClear, KlineFrame? Frame)
{
    private static readonly PlainKlineReading Unclear = new(false, null);
    private static readonly PlainKlineReading None = new(true, null);
    private static readonly string[] Words = ["code", "error", "result"];

    public static PlainKlineReading Of(ReadOnlySpan<byte> message, Symbol[] symbols, Timeframe timeframe)
    {
        if (message.Contains((byte)'\\') || !Utf8.IsValid(message))
        {
            return Unclear;
        }

        var reader = new Utf8JsonReader(message);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? None : Of(document.RootElement, symbols, timeframe);
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static PlainKlineReading Of(JsonElement root, Symbol[] symbols, Timeframe timeframe)
    {
        var klines = new List<JsonElement>();
        var times = new List<JsonElement>();
        if (!Gather(root, klines, times) || klines.Count > 1 || times.Count > 1 || klines.Exists(HasTwice))
        {
            return Unclear;
        }

        return klines is [var kline] && times is [var time] ? new(true, Read(kline, time, symbols, timeframe)) : None;
    }

    /// <returns>False where there are words that change the meaning of the rest.</returns>
    private static bool Gather(JsonElement element, List<JsonElement> klines, List<JsonElement> times)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().All(item => Gather(item, klines, times));
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (Words.Contains(member.Name, StringComparer.Ordinal))
                    {
                        return false;
                    }

                    var isKline = member is { Name: "k", Value.ValueKind: JsonValueKind.Object };
                    if (isKline)
                    {
                        klines.Add(member.Value);
                    }
                    else if (member.Name == "E")
                    {
                        times.Add(member.Value);
                    }

                    if (isKline ? HasWords(member.Value) : !Gather(member.Value, klines, times))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }

    private static bool HasWords(JsonElement kline) => kline.EnumerateObject().Any(member => Words.Contains(member.Name, StringComparer.Ordinal));

    private static bool HasTwice(JsonElement kline) => kline.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).Any(group => group.Count() > 1);

    private static KlineFrame? Read(JsonElement k, JsonElement time, Symbol[] symbols, Timeframe timeframe)
    {
        var symbol = Array.FindIndex(symbols, known => Text(k, "s") == known.ToString());
        if (symbol < 0 || Text(k, "i") != timeframe.ToString() || !k.TryGetProperty("x", out var x) || x.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            || Time(time) is not { } eventTime || Time(k, "t") is not { } openTime || Time(k, "T") is not { } closeTime || Whole(k, "n") is not (>= 0 and var count)
            || Price(k, "o") is not { } open || Price(k, "h") is not { } high || Price(k, "l") is not { } low || Price(k, "c") is not { } close
            || Text(k, "v") is not { } volumeText || !FixedPoint.TryParse(System.Text.Encoding.UTF8.GetBytes(volumeText), out var volume))
        {
            return null;
        }

        var fits = low <= open && low <= close && high >= open && high >= close && closeTime == timeframe.CloseTimeOf(openTime) && eventTime >= openTime;
        return fits ? new(symbol, eventTime, new(openTime, closeTime, open, high, low, close, volume.ToDecimal()), count, x.GetBoolean()) : null;
    }

    // The parser takes the characters of a value, whether there are quotes around them or not.
    private static string? Text(JsonElement k, string name) => k.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Number => value.GetRawText().Trim('"'),
            _ => null,
        }
        : null;

    private static long? Whole(JsonElement k, string name) =>
        k.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static Instant? Time(JsonElement k, string name) => k.TryGetProperty(name, out var value) ? Time(value) : null;

    private static Instant? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var time) && time >= 0 && time <= Instant.Max.UnixMilliseconds ? new(time) : null;

    /// <summary>Digits with at most one point between them, as hundred-millionths without limit, then within the limits of a price.</summary>
    private static Price? Price(JsonElement k, string name)
    {
        var parts = Text(k, name)?.Split('.') ?? [];
        if (parts.Length is 0 or > 2 || Array.Exists(parts, part => part.Length == 0 || part.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            return null;
        }

        var fraction = (parts.Length == 2 ? parts[1] : string.Empty).TrimEnd('0');
        if (fraction.Length > Core.Market.Price.Decimals)
        {
            return null;
        }

        var units = BigInteger.Parse(parts[0] + fraction.PadRight(Core.Market.Price.Decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        return units > 0 && units <= long.MaxValue ? Core.Market.Price.FromUnits((long)units) : null;
    }
}
