using ExtGap.Core.Market;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>How the feed fares; the default is live, with no candle yet.</summary>
internal sealed record FeedHealth
{
    /// <summary>Since when there has been no data; none while the feed is live.</summary>
    public Instant? ReconnectingSince { get; init; }

    /// <summary>Close time of the last candle; none before the first.</summary>
    public Instant? LastCandle { get; init; }

    /// <summary>Connections lost and made again since the bot started.</summary>
    public int Reconnects { get; init; }
}
