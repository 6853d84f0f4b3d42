using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>One update of a candle, as the exchange's stream has it.</summary>
/// <param name="SymbolIndex">Which of the feed's contracts it belongs to.</param>
/// <param name="EventTime">The exchange's time.</param>
/// <param name="Candle">The candle as it stands.</param>
/// <param name="TradeCount">Trades in it so far; without one its prices are those of the candle before.</param>
/// <param name="IsClosed">Whether this was its last update.</param>
internal readonly record struct KlineFrame(int SymbolIndex, Instant EventTime, Candle Candle, long TradeCount, bool IsClosed);
