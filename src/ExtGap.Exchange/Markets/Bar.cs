using System.Runtime.InteropServices;

namespace ExtGap.Exchange.Markets;

/// <summary>
/// A candle in whole numbers of its contract's smallest units: eleven numbers instead of decimals, because years of minutes are kept in memory
/// and hundreds of thousands of frames a second are made of them.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal record struct Bar
{
    /// <summary>First millisecond, since the epoch.</summary>
    public long OpenTime { get; set; }

    /// <summary>First price.</summary>
    public long Open { get; set; }

    /// <summary>Highest price.</summary>
    public long High { get; set; }

    /// <summary>Lowest price.</summary>
    public long Low { get; set; }

    /// <summary>Last price.</summary>
    public long Close { get; set; }

    /// <summary>Traded quantity in the base asset.</summary>
    public long Volume { get; set; }

    /// <summary>Traded value in the quote asset.</summary>
    public long QuoteVolume { get; set; }

    /// <summary>The part of the volume that takers bought.</summary>
    public long TakerVolume { get; set; }

    /// <summary>The part of the quote volume that takers bought.</summary>
    public long TakerQuoteVolume { get; set; }

    /// <summary>Number of trades.</summary>
    public long TradeCount { get; set; }

    /// <summary>Number of the first trade; that of the last one follows, so that a bar without trades ends before it begins.</summary>
    public long FirstTradeId { get; set; }

    /// <summary>Number of the last trade.</summary>
    public readonly long LastTradeId => FirstTradeId + TradeCount - 1;

    /// <summary>Makes this bar the one that lasts from its own beginning to the end of the one after it.</summary>
    public void Append(in Bar next)
    {
        High = Math.Max(High, next.High);
        Low = Math.Min(Low, next.Low);
        Close = next.Close;
        Volume += next.Volume;
        QuoteVolume += next.QuoteVolume;
        TakerVolume += next.TakerVolume;
        TakerQuoteVolume += next.TakerQuoteVolume;
        TradeCount += next.TradeCount;
    }
}
