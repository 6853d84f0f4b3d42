using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using FsCheck;
using FsCheck.Fluent;

namespace ExtGap.Core.Tests.Support;

/// <summary>Candles of one timeframe, in order, made at random.</summary>
public sealed record RandomMarket(Timeframe Timeframe, IReadOnlyList<Candle> Candles, string Origin)
{
    private const int Shown = 40;

    /// <summary>What a failed property prints: prices in ticks of 0.1.</summary>
    public override string ToString() =>
        $"{Candles.Count} candles of {Timeframe} ({Origin})\n" + string.Join('\n', Candles.Take(Shown).Select(c =>
            $"  {c.OpenTime} O {c.Open.ToDecimal():0.0} H {c.High.ToDecimal():0.0} L {c.Low.ToDecimal():0.0} C {c.Close.ToDecimal():0.0}"))
        + (Candles.Count > Shown ? "\n  …" : string.Empty);
}

/// <summary>Markets for FsCheck: short ones, and ones that pass the 500 bars of a group.</summary>
public static class Markets
{
    private static readonly Timeframe[] Timeframes = [.. new[] { "1m", "5m", "1h", "4h", "1d" }.Select(Timeframe.Parse)];

    public static Arbitrary<RandomMarket> Market() => Arb.From(Gen.Choose(0, int.MaxValue).Select(Make), Shrink);

    /// <summary>Options that are allowed, the defaults among them.</summary>
    public static Arbitrary<TradingOptions> Options() => Arb.From(
        from notional in Gen.Elements(1000m, 250m, 0.01m, 12_345.67m)
        from fees in Gen.Elements((0.0003m, 0.0003m), (0m, 0m), (0.0002m, 0.00055m))
        from minutes in Gen.Elements(24 * 60, 24 * 60, 0, 90, 36 * 60)
        select new TradingOptions
        {
            Notional = notional,
            EntryFeeRate = fees.Item1,
            ExitFeeRate = fees.Item2,
            MaxHold = TimeSpan.FromMinutes(minutes),
        });

    /// <summary>The market of a seed.</summary>
    public static RandomMarket Make(int seed)
    {
        var random = new Random(seed);
        var timeframe = Timeframes[random.Next(Timeframes.Length)];
        var walk = new Walk(random, timeframe);
        var longest = random.Next(4) switch { 0 => 8, 1 => 60, 2 => 300, _ => 900 };
        for (var pieces = random.Next(1, 5); pieces > 0; pieces--)
        {
            var shape = (Shape)random.Next(Enum.GetValues<Shape>().Length);
            if (shape != Shape.WindowEdge || longest > 60)
            {
                walk.Add(shape, random.Next(longest + 1));
            }
        }

        return new(timeframe, walk.Candles, $"market {seed}");
    }

    private static IEnumerable<RandomMarket> Shrink(RandomMarket market)
    {
        var candles = market.Candles;
        for (var length = candles.Count / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= candles.Count; start += length)
            {
                yield return market with { Candles = [.. candles.Take(start), .. candles.Skip(start + length)] };
            }
        }
    }
}
