using ExtGap.Bot.Configuration;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>Where the candles come from: each one once, in order, complete but for the holes that the exchange has.</summary>
internal interface IKlineFeed
{
    /// <summary>The exchange's time; none before it has said it. Safe to ask from any thread.</summary>
    Instant? Now { get; }

    /// <summary>How the feed fares. Safe to ask from any thread.</summary>
    FeedStatus Status { get; }

    /// <summary>Asks the exchange about the contracts, waiting for it as long as it takes.</summary>
    /// <param name="starts">The contracts, and with which candle each starts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BotException">It can never work: the exchange has no such contract.</exception>
    Task<FeedOpening> OpenAsync(IReadOnlyList<FeedStart> starts, CancellationToken cancellationToken);

    /// <summary>Delivers candles until it is stopped. What goes wrong on the way is waited out.</summary>
    /// <param name="opening">What <see cref="OpenAsync"/> gave.</param>
    /// <param name="deliver">Takes a candle; one that takes its time holds the feed back, nothing is dropped.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task RunAsync(FeedOpening opening, Func<CandleUpdate, CancellationToken, ValueTask> deliver, CancellationToken cancellationToken);
}

/// <summary>With which candle a contract starts.</summary>
/// <param name="Symbol">The contract.</param>
/// <param name="After">Open time of the last candle that was seen; none for a new ledger.</param>
/// <param name="From">Open time of the first candle that is wanted, where that was settled before and none has been seen yet.</param>
/// <param name="Since">For a new ledger: where to start, if not with the candle that is open now.</param>
internal sealed record FeedStart(Symbol Symbol, Instant? After, Instant? From, StartingPoint? Since);

/// <summary>What the exchange has said of the contracts.</summary>
/// <param name="Now">The exchange's time.</param>
/// <param name="Contracts">One for each start, in its order.</param>
internal sealed record FeedOpening(Instant Now, IReadOnlyList<FeedContract> Contracts);

/// <summary>A contract, and where its candles begin.</summary>
/// <param name="Specification">What the exchange says of it.</param>
/// <param name="From">Open time of the first candle of the bot's timeframe.</param>
/// <param name="IsContinued">Whether candles went before it.</param>
internal sealed record FeedContract(ContractSpecification Specification, Instant From, bool IsContinued);

/// <summary>What the exchange says of a contract.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="BaseAsset">What is traded, such as BTC.</param>
/// <param name="QuoteAsset">What it is paid with, such as USDT.</param>
/// <param name="TickSize">The smallest step of its price.</param>
internal sealed record ContractSpecification(Symbol Symbol, string BaseAsset, string QuoteAsset, Price TickSize);

/// <summary>A candle of the bot's timeframe has its first update or has closed.</summary>
/// <param name="SymbolIndex">Which of the feed's starts it belongs to.</param>
/// <param name="OpenTime">The candle's open time.</param>
/// <param name="Open">The candle's open.</param>
/// <param name="Closed">The whole candle, once it has closed.</param>
/// <param name="Now">The exchange's time.</param>
internal readonly record struct CandleUpdate(int SymbolIndex, Instant OpenTime, Price Open, Candle? Closed, Instant Now);

/// <summary>How the feed fares.</summary>
/// <param name="State">What it is about.</param>
/// <param name="SinceLastFrame">Time since the last kline of the connection that is furthest behind; none before the first.</param>
/// <param name="Reconnects">Connections that were lost and made again.</param>
internal readonly record struct FeedStatus(FeedState State, TimeSpan? SinceLastFrame, int Reconnects);

/// <summary>What the feed is about.</summary>
internal enum FeedState
{
    /// <summary>It has had no kline yet.</summary>
    Connecting,

    /// <summary>Klines come on every connection.</summary>
    Live,

    /// <summary>A connection was lost or is silent.</summary>
    Reconnecting,
}
