using ExtGap.Core.Market;

namespace ExtGap.Core.Trading;

/// <summary>An entry at the open of a candle that has not closed yet, so that its open is not yet certain.</summary>
/// <param name="OpenTime">Open time of the candle.</param>
/// <param name="Open">The open at which the entry was executed.</param>
/// <param name="Before">Where the trader stood before, in case the closed candle tells otherwise.</param>
public sealed record ProvisionalEntry(Instant OpenTime, Price Open, TraderState Before);
