using ExtGap.Core.Market;
using ExtGap.KlineFiles;

namespace ExtGap.Exchange.Markets;

/// <summary>What the klines of a symbol have in common: how many there are and how fine their numbers are.</summary>
internal sealed class FileSurvey
{
    private const int MostDecimals = Price.Decimals;

    // The sum of everything must stay a 64-bit number, the longest candles included.
    private const decimal MostUnits = 9_000_000_000_000_000_000m;

    private int _priceDecimals;
    private int _tickDecimals;
    private int _quantityDecimals;
    private int _quoteDecimals;
    private decimal _quantity;
    private decimal _quote;

    /// <summary>Number of klines.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the next kline.</summary>
    public void Add(in Kline kline)
    {
        Count++;
        _priceDecimals = Math.Max(_priceDecimals, kline.PriceDecimals);
        AddPrice(kline.Candle.Open);
        AddPrice(kline.Candle.High);
        AddPrice(kline.Candle.Low);
        AddPrice(kline.Candle.Close);
        _quantityDecimals = Math.Max(_quantityDecimals, Math.Max(kline.Candle.Volume.Scale, kline.TakerBuyVolume.Scale));
        _quoteDecimals = Math.Max(_quoteDecimals, Math.Max(kline.QuoteVolume.Scale, kline.TakerBuyQuoteVolume.Scale));
        _quantity += kline.Candle.Volume + kline.TakerBuyVolume;
        _quote += kline.QuoteVolume + kline.TakerBuyQuoteVolume;
    }

    /// <summary>The contract in whose units all of these klines can be counted.</summary>
    public Contract ToContract(Symbol symbol) => new(
        symbol,
        _priceDecimals,
        _tickDecimals,
        DecimalsThatFit(_quantity, _quantityDecimals),
        DecimalsThatFit(_quote, _quoteDecimals));

    private static int DecimalsThatFit(decimal sum, int decimals)
    {
        decimals = Math.Min(decimals, MostDecimals);
        while (decimals > 0 && sum > MostUnits / BarScale.PowerOfTen(decimals))
        {
            decimals--;
        }

        return decimals;
    }

    private void AddPrice(Price price)
    {
        while (_tickDecimals < MostDecimals && price.Units % BarScale.PowerOfTen(MostDecimals - _tickDecimals) != 0)
        {
            _tickDecimals++;
        }
    }
}
