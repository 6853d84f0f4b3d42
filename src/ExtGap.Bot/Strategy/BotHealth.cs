using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Strategy;

/// <summary>How the bot fares, for statistics.</summary>
/// <param name="Feed">How its feed fares.</param>
/// <param name="Uptime">How long it has been running, by the local monotonic clock.</param>
internal readonly record struct BotHealth(FeedHealth Feed, TimeSpan Uptime);
