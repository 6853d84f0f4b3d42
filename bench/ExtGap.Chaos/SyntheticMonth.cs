using System.Globalization;

namespace ExtGap.Chaos;

/// <summary>A month of one-minute candles, or its beginning, out of a seed, in the format of Binance's public archive.</summary>
internal static class SyntheticMonth
{
    public const string Symbol = "TESTUSDT";

    public const int Days = 30;

    private const int CandlesPerDay = 24 * 60;

    /// <summary>Open time of the first candle.</summary>
    public static DateTimeOffset Start { get; } = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes it.</summary>
    public static void Write(string path, int seed, int days)
    {
        var random = new Random(seed);
        using var file = new StreamWriter(path);
        var price = 250_000L; // In hundredths.
        for (var i = 0; i < days * CandlesPerDay; i++)
        {
            var open = price;
            var close = Math.Max(1000, open + random.NextInt64(-120, 121) + (random.Next(50) == 0 ? random.NextInt64(-900, 901) : 0));
            var high = Math.Max(open, close) + random.NextInt64(0, 60);
            var low = Math.Max(1, Math.Min(open, close) - random.NextInt64(0, 60));
            var time = Start.ToUnixTimeMilliseconds() + (i * 60_000L);
            file.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{time},{open / 100m},{high / 100m},{low / 100m},{close / 100m},{random.Next(1, 5000)},{time + 59_999},{random.Next(1, 100_000)},{random.Next(1, 500)},1,1,0\n"));
            price = close;
        }
    }
}
