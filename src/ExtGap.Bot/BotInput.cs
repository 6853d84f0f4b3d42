using ExtGap.Bot.Feed;

namespace ExtGap.Bot;

/// <summary>Something that the bot's loop has to deal with. The cases are all here.</summary>
internal abstract record BotInput
{
    private BotInput()
    {
    }

    /// <summary>The exchange has described the contracts.</summary>
    public sealed record FeedOpened(FeedOpening Opening) : BotInput;

    /// <summary>A candle has opened or closed.</summary>
    public sealed record Candle(CandleUpdate Update) : BotInput;

    /// <summary>A second has passed.</summary>
    public sealed record Tick : BotInput;
}
