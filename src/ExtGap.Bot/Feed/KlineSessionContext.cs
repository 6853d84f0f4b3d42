using System.Threading.Channels;
using ExtGap.Shared;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>What the sessions of one connection have in common.</summary>
internal sealed class KlineSessionContext
{
    public required Uri Url { get; init; }

    public required StreamSubscription Subscription { get; init; }

    public required KlineFrameParser Parser { get; init; }

    public required ExchangeClock Clock { get; init; }

    public required ChannelWriter<FeedInput> Inputs { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Log { get; init; }

    public required RateLimit BadFrames { get; init; }

    /// <summary>Is told the local timestamp of every kline.</summary>
    public required Action<long> FrameSeen { get; init; }
}
