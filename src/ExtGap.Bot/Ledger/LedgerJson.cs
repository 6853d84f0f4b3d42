using System.Text.Json;
using System.Text.Json.Serialization;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Ledger;

/// <summary>The engine's state as the ledger keeps it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters = [typeof(InstantConverter), typeof(PriceConverter), typeof(ExtremeConverter)])]
[JsonSerializable(typeof(EngineSnapshot))]
internal sealed partial class LedgerJson : JsonSerializerContext;

/// <summary>An instant as milliseconds since 1970.</summary>
internal sealed class InstantConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteNumberValue(value.UnixMilliseconds);
}

/// <summary>A price as a decimal number.</summary>
internal sealed class PriceConverter : JsonConverter<Price>
{
    public override Price Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Price.TryParse(reader.ValueSpan, out var price) ? price : throw new JsonException($"'{reader.GetString()}' is no price.");

    public override void Write(Utf8JsonWriter writer, Price value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>A candidate as <c>[rank, index, open time]</c>: a group can have hundreds.</summary>
internal sealed class ExtremeConverter : JsonConverter<Extreme>
{
    public override Extreme Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var extreme = new Extreme(Next(ref reader), Next(ref reader), new Instant(Next(ref reader)));
        reader.Read();
        return extreme;
    }

    public override void Write(Utf8JsonWriter writer, Extreme value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Rank);
        writer.WriteNumberValue(value.Index);
        writer.WriteNumberValue(value.OpenTime.UnixMilliseconds);
        writer.WriteEndArray();
    }

    private static long Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }
}
