using ExtGap.Bot.Feed;
using ExtGap.Bot.Strategy;
using ExtGap.Bot.Telegram;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Hosting;

/// <summary>Is shown how the bot fares, from inside its loop and only while that turns.</summary>
internal interface IBotMonitor
{
    void Show(BotState state);
}

/// <summary>How the bot fares.</summary>
/// <param name="Feed">How the feed fares.</param>
/// <param name="Now">The exchange's time; none before it has said it.</param>
/// <param name="Strategies">One for each contract.</param>
/// <param name="Delivery">How the delivery of messages fares; none where notifications are off.</param>
internal sealed record BotState(FeedStatus Feed, Instant? Now, IReadOnlyList<SymbolStrategy> Strategies, DeliveryStatus? Delivery);
