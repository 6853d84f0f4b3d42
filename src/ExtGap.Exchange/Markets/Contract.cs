using ExtGap.Core.Market;

namespace ExtGap.Exchange.Markets;

/// <summary>How a symbol's numbers are written.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="PriceDecimals">Decimals of a price.</param>
/// <param name="TickDecimals">Decimals that prices make use of: the tick size is one unit of the last of them.</param>
/// <param name="QuantityDecimals">Decimals of a quantity in the base asset.</param>
/// <param name="QuoteDecimals">Decimals of a value in the quote asset.</param>
internal sealed record Contract(Symbol Symbol, int PriceDecimals, int TickDecimals, int QuantityDecimals, int QuoteDecimals)
{
    private static readonly string[] QuoteAssets = ["USDT", "USDC", "BUSD", "USD", "BTC"];

    /// <summary>The asset in which prices are quoted; what the symbol doesn't tell is USDT.</summary>
    public string QuoteAsset { get; } =
        Array.Find(QuoteAssets, asset => Symbol.ToString().EndsWith(asset, StringComparison.Ordinal) && Symbol.ToString().Length > asset.Length) ?? "USDT";

    /// <summary>The tick size in units of a price's last decimal.</summary>
    public long Tick { get; } = BarScale.PowerOfTen(PriceDecimals - TickDecimals);

    /// <summary>The asset that is traded.</summary>
    public string BaseAsset => Symbol.ToString() is var name && name.EndsWith(QuoteAsset, StringComparison.Ordinal) && name.Length > QuoteAsset.Length
        ? name[..^QuoteAsset.Length]
        : name;
}
