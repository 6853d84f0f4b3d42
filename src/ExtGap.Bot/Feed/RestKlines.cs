using System.Text.Json;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>Reads the rows of <c>/fapi/v1/klines</c>: <c>[openTime, "open", "high", "low", "close", "volume", closeTime, …]</c>.</summary>
internal static class RestKlines
{
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is JSON, but not klines of the timeframe in order.</exception>
    /// <exception cref="InvalidOperationException">A value is of another type.</exception>
    public static List<Candle> Parse(ReadOnlySpan<byte> json, Timeframe timeframe)
    {
        var candles = new List<Candle>();
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            var candle = ReadRow(ref reader);
            if (candle.CloseTime != timeframe.CloseTimeOf(candle.OpenTime) || !candle.IsConsistent)
            {
                throw new FormatException($"the row that opens at {candle.OpenTime} is no candle of {timeframe}");
            }

            if (candles.Count > 0 && candle.OpenTime <= candles[^1].OpenTime)
            {
                throw new FormatException($"the row that opens at {candle.OpenTime} is out of order");
            }

            candles.Add(candle);
        }

        return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? candles : throw new FormatException("it is no list of rows");
    }

    private static Candle ReadRow(ref Utf8JsonReader reader)
    {
        var openTime = ReadTime(ref reader);
        var open = ReadPrice(ref reader);
        var high = ReadPrice(ref reader);
        var low = ReadPrice(ref reader);
        var close = ReadPrice(ref reader);
        Expect(ref reader, JsonTokenType.String);
        if (!FixedPoint.TryParse(reader.ValueSpan, out var volume))
        {
            throw new FormatException($"'{reader.GetString()}' is no volume");
        }

        var closeTime = ReadTime(ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
        }

        return new(openTime, closeTime, open, high, low, close, volume.ToDecimal());
    }

    private static Instant ReadTime(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        var time = new Instant(reader.GetInt64());
        return time >= new Instant(0) && time <= Instant.Max ? time : throw new FormatException($"{time.UnixMilliseconds} is no time");
    }

    private static Price ReadPrice(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return Price.TryParse(reader.ValueSpan, out var price) ? price : throw new FormatException($"'{reader.GetString()}' is no price");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new FormatException($"a {token} is expected, there is {reader.TokenType}");
        }
    }
}
