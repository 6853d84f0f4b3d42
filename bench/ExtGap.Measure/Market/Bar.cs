using ExtGap.Core.Market;

namespace ExtGap.Measure.Market;

/// <summary>A candle of the made market: one minute, prices in tenths.</summary>
/// <param name="Number">Its place in the market, from 0.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
internal readonly record struct Bar(long Number, long Open, long High, long Low, long Close)
{
    public const long Minute = 60_000;

    /// <summary>Where the made market begins: 2026-01-01, in milliseconds.</summary>
    public const long Beginning = 1_767_225_600_000;

    private const long UnitsPerTenth = 10_000_000;

    public long OpenTime => Beginning + (Number * Minute);

    public long CloseTime => OpenTime + Minute - 1;

    public Candle ToCandle() => new(
        new(OpenTime),
        new(CloseTime),
        Price.FromUnits(Open * UnitsPerTenth),
        Price.FromUnits(High * UnitsPerTenth),
        Price.FromUnits(Low * UnitsPerTenth),
        Price.FromUnits(Close * UnitsPerTenth),
        12.345m);
}
