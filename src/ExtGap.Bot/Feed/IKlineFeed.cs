using System.Threading.Channels;
using ExtGap.Bot.Configuration;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>Where the candles come from: each one once, in order, complete but for the holes that the exchange has.</summary>
internal interface IKlineFeed
{
    /// <summary>Delivers candles until it is stopped. What goes wrong on the way is waited out.</summary>
    /// <param name="starts">A contract each, and with which candle it starts.</param>
    /// <param name="updates">Where the candles go; a reader that falls behind holds the feed back, nothing is dropped.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BotException">It can never work: the exchange has no such symbol.</exception>
    Task RunAsync(IReadOnlyList<FeedStart> starts, ChannelWriter<CandleUpdate> updates, CancellationToken cancellationToken);
}

/// <summary>With which candle a contract starts.</summary>
/// <param name="Symbol">The contract.</param>
/// <param name="After">Open time of the last candle that was seen; none for a new ledger.</param>
/// <param name="Since">For a new ledger: where to start, if not with the candle that is open now.</param>
internal sealed record FeedStart(Symbol Symbol, Instant? After, StartingPoint? Since);

/// <summary>A candle of the bot's timeframe has its first update or has closed.</summary>
/// <param name="SymbolIndex">Which of the feed's starts it belongs to.</param>
/// <param name="OpenTime">The candle's open time.</param>
/// <param name="Open">The candle's open.</param>
/// <param name="Closed">The whole candle, once it has closed.</param>
/// <param name="Now">The exchange's time.</param>
internal readonly record struct CandleUpdate(int SymbolIndex, Instant OpenTime, Price Open, Candle? Closed, Instant Now);
