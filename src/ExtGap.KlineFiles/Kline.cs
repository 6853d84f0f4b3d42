using ExtGap.Core.Market;

namespace ExtGap.KlineFiles;

/// <summary>A kline with everything that the exchange publishes of it.</summary>
/// <param name="Candle">Times, prices and volume.</param>
/// <param name="QuoteVolume">Traded value in the quote asset.</param>
/// <param name="TradeCount">Number of trades.</param>
/// <param name="TakerBuyVolume">The part of the volume that takers bought.</param>
/// <param name="TakerBuyQuoteVolume">The part of the quote volume that takers bought.</param>
public readonly record struct Kline(Candle Candle, decimal QuoteVolume, long TradeCount, decimal TakerBuyVolume, decimal TakerBuyQuoteVolume)
{
    /// <summary>The most decimals that one of its prices was written with, zeros at the end included.</summary>
    public int PriceDecimals { get; init; }
}
