namespace ExtGap.Measure.Market;

/// <summary>Made markets.</summary>
internal static class Bars
{
    private const long Start = 800_000;

    /// <summary>Far above all others: it has a bullish gap whatever went before.</summary>
    public static Bar Jump(long number) => new(number, 90_000_000, 90_000_010, 89_999_990, 90_000_000);

    /// <summary>Every candle but the first lies wholly above the one before it: a bullish gap each.</summary>
    public static Bar Rising(long number) => Around(number, Start + (number * 10), 4);

    /// <summary>Always the same: never a gap, and no bar of the group ever better than another.</summary>
    public static Bar Still(long number) => Around(number, Start, 4);

    /// <summary>
    /// A random walk, the same for the same seed. The longer its steps against its wicks, the more of its candles have a gap.
    /// </summary>
    /// <param name="count">How many candles.</param>
    /// <param name="step">The most that a close is away from its open.</param>
    /// <param name="wick">The most that a high or low is away from them.</param>
    public static IEnumerable<Bar> Walk(int count, int step, int wick)
    {
        var random = new Random(1);
        var price = Start;
        for (var number = 0; number < count; number++)
        {
            // Back to where it began, so that the price neither ends nor explodes.
            var close = price + random.Next(-step, step + 1) - Math.Sign(price - Start);
            yield return new(number, price, Math.Max(price, close) + random.Next(wick + 1), Math.Min(price, close) - random.Next(wick + 1), close);
            price = close;
        }
    }

    private static Bar Around(long number, long price, long spread) => new(number, price, price + spread, price - spread, price + 1);
}
