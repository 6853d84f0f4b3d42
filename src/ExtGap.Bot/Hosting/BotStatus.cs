using System.Text.Json.Serialization;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Strategy;
using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Hosting;

/// <summary>What a bot tells of itself, as JSON: to its supervisor (<c>X_EXTGAP=</c>), and in its status file for <c>extgap-bot health</c>.</summary>
internal sealed record BotStatus
{
    /// <summary>How many contracts it tells of.</summary>
    public const int MaxSymbols = 50;

    /// <summary>Version of this shape.</summary>
    public int Version { get; init; } = 1;

    public required int Pid { get; init; }

    /// <summary>Local monotonic time in milliseconds, the same clock for all processes of a machine.</summary>
    public required long MonotonicMilliseconds { get; init; }

    /// <summary>The exchange's time; none before it has said it.</summary>
    public DateTimeOffset? ExchangeTime { get; init; }

    public required BotFeedStatus Feed { get; init; }

    /// <summary>The contracts, at most 50 of them.</summary>
    public required IReadOnlyList<BotSymbolStatus> Symbols { get; init; }

    public required BotMessagesStatus Messages { get; init; }

    public static BotStatus Of(BotState state, long monotonicMilliseconds) => new()
    {
        Pid = Environment.ProcessId,
        MonotonicMilliseconds = monotonicMilliseconds,
        ExchangeTime = state.Now?.ToDateTimeOffset(),
        Feed = new(NameOf(state.Feed.State), state.Feed.SinceLastFrame?.TotalSeconds, state.Feed.Reconnects),
        Symbols = [.. state.Strategies.Take(MaxSymbols).Select(BotSymbolStatus.Of)],
        Messages = state.Delivery is { } delivery
            ? new(delivery.Off is null ? "on" : "refused", delivery.Waiting, delivery.Troubles)
            : new("off", 0, []),
    };

    /// <summary>The same in words, for <c>STATUS=</c>.</summary>
    public string InWords()
    {
        var symbols = string.Join("; ", Symbols.Take(3).Select(symbol => symbol.InWords()));
        var more = Symbols.Count > 3 ? $"; and {Symbols.Count - 3} more" : string.Empty;
        var waiting = Messages.Waiting > 0 ? $", {Messages.Waiting} messages waiting" : string.Empty;
        return $"feed {Feed.State}, {symbols}{more}{waiting}";
    }

    private static string NameOf(FeedState state) => state switch
    {
        FeedState.Connecting => "connecting",
        FeedState.Live => "live",
        FeedState.Reconnecting => "reconnecting",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };
}

/// <param name="State"><c>connecting</c>, <c>live</c> or <c>reconnecting</c>.</param>
/// <param name="SecondsSinceLastFrame">Of the connection that is furthest behind; none before the first frame.</param>
/// <param name="Reconnects">Connections that were lost and made again.</param>
internal sealed record BotFeedStatus(string State, double? SecondsSinceLastFrame, int Reconnects);

/// <param name="Notifications"><c>on</c>, <c>off</c> (no token), or <c>refused</c> (Telegram does not know the token).</param>
/// <param name="Waiting">Messages that are not delivered to every chat yet.</param>
/// <param name="Troubles">Chats that take no messages or can't be reached, each with the reason.</param>
internal sealed record BotMessagesStatus(string Notifications, long Waiting, IReadOnlyList<string> Troubles);

/// <summary>One contract's part of the status.</summary>
internal sealed record BotSymbolStatus
{
    public required string Symbol { get; init; }

    public required string Timeframe { get; init; }

    /// <summary>Close time of the last candle.</summary>
    public DateTimeOffset? LastCandle { get; init; }

    /// <summary>When the candle after it will be over.</summary>
    public DateTimeOffset? NextCandleDue { get; init; }

    /// <summary>Such as <c>BULLISH #3</c>; none before the first gap.</summary>
    public string? Trend { get; init; }

    /// <summary><c>LONG</c>, <c>SHORT</c> or <c>FLAT</c>.</summary>
    public required string Position { get; init; }

    public decimal? EntryPrice { get; init; }

    public DateTimeOffset? EntryTime { get; init; }

    /// <summary>The side that the next open will enter.</summary>
    public string? PendingEntry { get; init; }

    public required int Gaps { get; init; }

    public required int Trades { get; init; }

    /// <summary>Cumulative profit after fees, in the quote asset.</summary>
    public required decimal Profit { get; init; }

    public static BotSymbolStatus Of(SymbolStrategy strategy)
    {
        var engine = strategy.Engine;
        var trader = engine.Trader;
        var timeframe = strategy.Timeframe;
        return new()
        {
            Symbol = strategy.Symbol.ToString(),
            Timeframe = timeframe.ToString(),
            LastCandle = engine.LastCandle is { } last ? timeframe.CloseTimeOf(last).ToDateTimeOffset() : null,
            NextCandleDue = engine.LastCandle is { } before ? timeframe.Next(timeframe.Next(before)).ToDateTimeOffset() : null,
            Trend = engine.Trend is { Polarity: { } polarity } trend ? Marks.NameOf(polarity, trend.SequenceNumber) : null,
            Position = trader.Position is { } position ? Marks.NameOf(position.Side) : "FLAT",
            EntryPrice = trader.Position?.EntryPrice.ToDecimal(),
            EntryTime = trader.Position?.EntryTime.ToDateTimeOffset(),
            PendingEntry = trader.PendingEntry is { } side ? Marks.NameOf(side) : null,
            Gaps = engine.Gaps.Count,
            Trades = trader.Statistics.Count,
            Profit = Rounding.Money(trader.Statistics.Profit),
        };
    }

    public string InWords() => $"{Symbol} {Timeframe} {Trend ?? "no gap yet"}, {Position}, {Gaps} gaps, {Trades} trades, {Profit} USD";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BotStatus))]
internal sealed partial class BotStatusJson : JsonSerializerContext;
