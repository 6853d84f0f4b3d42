using ExtGap.Core.Market;

namespace ExtGap.Core.Trading;

/// <summary>Which way a position profits.</summary>
public enum Side
{
    /// <summary>From a rise.</summary>
    Long,

    /// <summary>From a fall.</summary>
    Short,
}

/// <summary>An open position on paper. It keeps the notional and fee rates with which it was entered.</summary>
public sealed record Position
{
    /// <summary>Which way it profits.</summary>
    public required Side Side { get; init; }

    /// <summary>Open time of the candle at whose open it was entered.</summary>
    public required Instant EntryTime { get; init; }

    /// <summary>Price of the entry.</summary>
    public required Price EntryPrice { get; init; }

    /// <summary>Size at the entry in the quote asset.</summary>
    public required decimal Notional { get; init; }

    /// <summary>Fee of the entry as a part of the notional.</summary>
    public required decimal EntryFeeRate { get; init; }

    /// <summary>Fee of the exit as a part of the notional.</summary>
    public required decimal ExitFeeRate { get; init; }

    /// <summary>Size in the base asset: notional ÷ entry price.</summary>
    public decimal Quantity => Notional / EntryPrice.ToDecimal();

    /// <summary>Fees of entry and exit together, in the quote asset.</summary>
    public decimal Fees => Notional * (EntryFeeRate + ExitFeeRate);

    /// <summary>Profit or loss before fees at a price, in the quote asset: (notional × move) ÷ entry price.</summary>
    public decimal GrossProfitAt(Price price)
    {
        var entry = EntryPrice.ToDecimal();
        var move = Side == Side.Long ? price.ToDecimal() - entry : entry - price.ToDecimal();
        return Notional * move / entry;
    }
}
