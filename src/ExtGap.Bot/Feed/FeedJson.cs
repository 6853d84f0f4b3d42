using System.Text.Json.Serialization;

namespace ExtGap.Bot.Feed;

internal sealed record ServerTimeAnswer([property: JsonRequired] long ServerTime);

internal sealed record ExchangeInfoAnswer([property: JsonRequired] IReadOnlyList<ExchangeInfoSymbol?> Symbols);

internal sealed record ExchangeInfoSymbol(
    [property: JsonRequired] string Symbol, string? BaseAsset, string? QuoteAsset, IReadOnlyList<ExchangeInfoFilter?>? Filters);

internal sealed record ExchangeInfoFilter(string? FilterType, string? TickSize);

internal sealed record ErrorAnswer(int Code, string? Msg);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ServerTimeAnswer))]
[JsonSerializable(typeof(ExchangeInfoAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class FeedJson : JsonSerializerContext;
