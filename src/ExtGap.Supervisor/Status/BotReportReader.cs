using System.Text.Json;
using System.Text.Json.Serialization;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Status;

/// <summary>Understands what a bot says in <c>X_EXTGAP=</c>. A bot of another version may say more, less, or nonsense: what is understood is told.</summary>
internal static class BotReportReader
{
    // More than any process lives, and no sum with it overflows.
    private const double MostSeconds = 10 * 366 * 86_400.0;

    /// <param name="word">What the bot last said; none where it has said nothing yet.</param>
    /// <param name="now">On the clock of <see cref="BotWord.At"/>.</param>
    public static BotReport? Read(BotWord? word, TimeSpan now)
    {
        if (word is null)
        {
            return null;
        }

        var age = now - word.At;
        var told = Parse(word.Report);
        return new()
        {
            Words = word.Words,
            AgeSeconds = age.TotalSeconds,
            Feed = told?.Feed?.State,
            SecondsSinceLastFrame = told?.Feed?.SecondsSinceLastFrame is { } silence ? Math.Clamp(silence, 0, MostSeconds) + age.TotalSeconds : null,
            OverdueSeconds = Overdue(told, age),
            Notifications = told?.Messages?.Notifications,
            MessagesWaiting = told?.Messages?.Waiting ?? 0,
            MessageTroubles = [.. told?.Messages?.Troubles?.OfType<string>() ?? []],
            Symbols = [.. told?.Symbols?.OfType<BotSymbolReport>() ?? []],
        };
    }

    private static ToldStatus? Parse(ReadOnlyMemory<byte>? report)
    {
        try
        {
            return report is { } json ? JsonSerializer.Deserialize(json.Span, ToldJson.Default.ToldStatus) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // On the exchange's clock, which a replayed market drives faster than ours: so at the time of the report, and by our clock since.
    private static double? Overdue(ToldStatus? told, TimeSpan age)
    {
        var due = told?.Symbols?.Min(symbol => symbol?.NextCandleDue);

        // First the difference: a sum could lie beyond the calendar.
        return told?.ExchangeTime - due + age is { } late && late > TimeSpan.Zero ? late.TotalSeconds : null;
    }
}

/// <summary>The JSON of <c>X_EXTGAP=</c>, as far as the supervisor uses it.</summary>
internal sealed record ToldStatus
{
    public DateTimeOffset? ExchangeTime { get; init; }

    public ToldFeed? Feed { get; init; }

    public ToldMessages? Messages { get; init; }

    public IReadOnlyList<BotSymbolReport?>? Symbols { get; init; }
}

internal sealed record ToldFeed
{
    public string? State { get; init; }

    public double? SecondsSinceLastFrame { get; init; }
}

internal sealed record ToldMessages
{
    public string? Notifications { get; init; }

    public long Waiting { get; init; }

    public IReadOnlyList<string?>? Troubles { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ToldStatus))]
internal sealed partial class ToldJson : JsonSerializerContext;
