using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>Something that the feed's loop has to deal with. The cases are all here.</summary>
internal abstract record FeedInput
{
    private FeedInput()
    {
    }

    /// <summary>A connection has been made for contracts.</summary>
    public sealed record Connected(IReadOnlyList<int> SymbolIndexes) : FeedInput;

    /// <summary>The stream shows a candle for the first time, or closes one.</summary>
    public sealed record Frame(KlineFrame Kline) : FeedInput;

    /// <summary>REST has answered with closed candles.</summary>
    public sealed record Fetched(int SymbolIndex, IReadOnlyList<Candle> Candles, bool IsLast, Instant Now) : FeedInput;

    /// <summary>REST has not answered, or not with candles.</summary>
    public sealed record FetchFailed(int SymbolIndex, TimeSpan? RetryAfter) : FeedInput;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : FeedInput;
}
