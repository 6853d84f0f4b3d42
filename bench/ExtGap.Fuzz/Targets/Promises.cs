using System.Globalization;
using ExtGap.Core.Market;
using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Targets;

/// <summary>What holds for every value that a reader gives.</summary>
internal static class Promises
{
    /// <exception cref="BrokenPromiseException">It is no candle of the timeframe.</exception>
    public static void Keep(in Candle candle, Timeframe timeframe)
    {
        BrokenPromiseException.ThrowIf(
            candle.Low > candle.Open || candle.Low > candle.Close || candle.High < candle.Open || candle.High < candle.Close, $"prices that do not fit together: {candle}");
        BrokenPromiseException.ThrowIf(candle.Volume < 0, $"a volume of {candle.Volume}");
        BrokenPromiseException.ThrowIf(candle.OpenTime < new Instant(0) || candle.OpenTime > Instant.Max, "an open time outside the calendar");
        BrokenPromiseException.ThrowIf(candle.CloseTime != timeframe.CloseTimeOf(candle.OpenTime), $"no candle of {timeframe}: {candle}");
        Keep(candle.Open);
        Keep(candle.High);
        Keep(candle.Low);
        Keep(candle.Close);
    }

    /// <summary>A price is positive, and what is written of it is read as the same.</summary>
    private static void Keep(Price price)
    {
        Span<byte> text = stackalloc byte[Price.MaxTextLength];
        BrokenPromiseException.ThrowIf(price.Units <= 0, $"a price of {price.Units.ToString(CultureInfo.InvariantCulture)} units");
        BrokenPromiseException.ThrowIf(
            !price.TryFormat(text, out var length) || !Price.TryParse(text[..length], out var again) || again != price, $"the price {price} is not read as it is written");
    }
}
