using ExtGap.Core.Market;
using ExtGap.KlineFiles;

namespace ExtGap.Exchange.Markets;

/// <summary>Turns klines into bars in the units of a contract.</summary>
internal sealed class BarScale(Contract contract)
{
    private readonly long _price = PowerOfTen(Price.Decimals - contract.PriceDecimals);
    private readonly decimal _quantity = PowerOfTen(contract.QuantityDecimals);
    private readonly decimal _quote = PowerOfTen(contract.QuoteDecimals);

    /// <summary>Ten to the power of 0 to 18.</summary>
    public static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    /// <summary>The bar of a kline whose first trade has this number.</summary>
    public Bar ToBar(in Kline kline, long firstTradeId) => new()
    {
        OpenTime = kline.Candle.OpenTime.UnixMilliseconds,
        Open = kline.Candle.Open.Units / _price,
        High = kline.Candle.High.Units / _price,
        Low = kline.Candle.Low.Units / _price,
        Close = kline.Candle.Close.Units / _price,
        Volume = (long)(kline.Candle.Volume * _quantity),
        QuoteVolume = (long)(kline.QuoteVolume * _quote),
        TakerVolume = (long)(kline.TakerBuyVolume * _quantity),
        TakerQuoteVolume = (long)(kline.TakerBuyQuoteVolume * _quote),
        TradeCount = kline.TradeCount,
        FirstTradeId = firstTradeId,
    };
}
