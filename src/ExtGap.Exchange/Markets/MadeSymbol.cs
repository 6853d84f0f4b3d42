using ExtGap.Core.Market;

namespace ExtGap.Exchange.Markets;

/// <summary>How a made symbol behaves.</summary>
/// <param name="Contract">How its numbers are written.</param>
/// <param name="Price">The price around which it moves, in units of its last decimal.</param>
/// <param name="Tick">Its tick in the same units.</param>
/// <param name="TradesPerDay">About how many trades it has a day.</param>
/// <param name="QuantityPerTrade">About how much is traded at once, in units of the quantity's last decimal.</param>
internal sealed record MadeSymbol(Contract Contract, long Price, long Tick, long TradesPerDay, double QuantityPerTrade)
{
    // Ticks, precisions and prices about as the exchange had them in 2024.
    private static readonly Dictionary<string, Terms> Known = new(StringComparer.Ordinal)
    {
        ["BTCUSDT"] = new(67_000m, 0.10m, 2, 3, 3_000_000),
        ["ETHUSDT"] = new(3_400m, 0.01m, 2, 3, 2_500_000),
        ["BNBUSDT"] = new(580m, 0.010m, 3, 2, 500_000),
        ["SOLUSDT"] = new(150m, 0.0100m, 4, 0, 1_500_000),
        ["XRPUSDT"] = new(0.5200m, 0.0001m, 4, 1, 900_000),
        ["DOGEUSDT"] = new(0.12000m, 0.00001m, 6, 0, 800_000),
        ["ADAUSDT"] = new(0.4500m, 0.0001m, 5, 0, 500_000),
        ["AVAXUSDT"] = new(35.0000m, 0.0010m, 4, 0, 600_000),
        ["LINKUSDT"] = new(14.000m, 0.001m, 3, 2, 500_000),
        ["NEARUSDT"] = new(5.0000m, 0.0010m, 4, 0, 500_000),
    };

    private static readonly Terms Other = new(100m, 0.010m, 3, 1, 600_000);

    /// <summary>The behaviour of a symbol; one that isn't known gets a middling one.</summary>
    public static MadeSymbol Of(Symbol symbol)
    {
        const decimal DollarsPerTrade = 900m;
        var terms = Known.GetValueOrDefault(symbol.ToString(), Other);
        var scale = BarScale.PowerOfTen(terms.PriceDecimals);
        var tick = (long)(terms.Tick * scale);
        var used = terms.PriceDecimals;
        for (var rest = tick; rest % 10 == 0; rest /= 10)
        {
            used--;
        }

        var contract = new Contract(symbol, terms.PriceDecimals, used, terms.QuantityDecimals, terms.PriceDecimals + terms.QuantityDecimals);
        var quantity = (double)(DollarsPerTrade / terms.Price * BarScale.PowerOfTen(terms.QuantityDecimals));
        return new(contract, (long)(terms.Price * scale), tick, terms.TradesPerDay, quantity);
    }

    private sealed record Terms(decimal Price, decimal Tick, int PriceDecimals, int QuantityDecimals, long TradesPerDay);
}
