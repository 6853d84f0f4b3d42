using ExtGap.Core.Statistics;

namespace ExtGap.Core.Trading;

/// <summary>Where a paper trader stands; the default value is flat, with no trade yet.</summary>
/// <param name="PendingEntry">The side that the next candle's open will enter.</param>
/// <param name="Position">The open position.</param>
/// <param name="Statistics">What the closed trades come to.</param>
public readonly record struct TraderState(Side? PendingEntry, Position? Position, TradeStatistics Statistics);
