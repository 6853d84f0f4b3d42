using System.Collections.Immutable;

namespace ExtGap.Exchange.Markets;

/// <summary>One made day of one symbol.</summary>
/// <param name="Number">Days since the epoch.</param>
/// <param name="Bars">Its minutes.</param>
internal sealed record MadeDay(long Number, ImmutableArray<Bar> Bars)
{
    /// <summary>Minutes of a day.</summary>
    public const int Minutes = 24 * 60;

    private const long Minute = 60_000;

    /// <summary>Makes the minutes between two levels: a random walk whose unrest comes and goes, bent so that it ends where it must.</summary>
    public static MadeDay Make(MadeSymbol profile, in DayCourse course, ref MadeRandom random)
    {
        var unrest = MakeUnrest(course.Number, ref random);
        var path = MakePath(course, unrest, ref random);
        var bars = ImmutableArray.CreateBuilder<Bar>(Minutes);
        var trades = course.NextTradeId - course.FirstTradeId;
        var wholeUnrest = unrest.Sum();
        var doneUnrest = 0.0;
        var firstTrade = course.FirstTradeId;
        for (var i = 0; i < Minutes; i++)
        {
            doneUnrest += unrest[i];
            var nextTrade = i == Minutes - 1 ? course.NextTradeId : course.FirstTradeId + (long)(trades * (doneUnrest / wholeUnrest));
            var deviation = course.Volatility * unrest[i] / Math.Sqrt(Minutes);
            var bar = MakePrices(profile, path[i], path[i + 1], deviation, ref random);
            bar.OpenTime = ((course.Number * Minutes) + i) * Minute;
            bar.FirstTradeId = firstTrade;
            bar.TradeCount = nextTrade - firstTrade;
            MakeQuantities(profile, ref bar, ref random);
            bars.Add(bar);
            firstTrade = nextTrade;
        }

        return new(course.Number, bars.MoveToImmutable());
    }

    private static double[] MakeUnrest(long number, ref MadeRandom random)
    {
        var unrest = new double[Minutes];
        var level = 0.3 * random.NextNormal();
        for (var i = 0; i < Minutes; i++)
        {
            // Minutes follow the one before them; the American afternoon is the liveliest, the weekend quiet.
            level = (0.97 * level) + (0.11 * random.NextNormal());
            var hour = 1 + (0.35 * Math.Cos((i - 900) * (2 * Math.PI / Minutes)));
            var weekend = (number + 4) % 7 is 0 or 6 ? 0.7 : 1;
            unrest[i] = hour * weekend * Math.Exp(level);
        }

        return unrest;
    }

    private static double[] MakePath(in DayCourse course, double[] unrest, ref MadeRandom random)
    {
        var path = new double[Minutes + 1];
        for (var i = 0; i < Minutes; i++)
        {
            path[i + 1] = path[i] + (course.Volatility / Math.Sqrt(Minutes) * unrest[i] * random.NextNormal());
        }

        var bend = (course.To - course.From - path[^1]) / Minutes;
        for (var i = 0; i <= Minutes; i++)
        {
            path[i] += course.From + (bend * i);
        }

        return path;
    }

    private static Bar MakePrices(MadeSymbol profile, double from, double to, double deviation, ref MadeRandom random)
    {
        // The highest point of a random walk between two given ends, and by the same rule the lowest.
        var move = to - from;
        var above = (move + Math.Sqrt((move * move) - (2 * deviation * deviation * Math.Log(1 - random.NextUniform())))) / 2;
        var below = (move - Math.Sqrt((move * move) - (2 * deviation * deviation * Math.Log(1 - random.NextUniform())))) / 2;
        var open = ToPrice(profile, from);
        var close = ToPrice(profile, to);
        return new()
        {
            Open = open,
            Close = close,
            High = Math.Max(Math.Max(open, close), ToPrice(profile, from + above)),
            Low = Math.Min(Math.Min(open, close), ToPrice(profile, from + below)),
        };
    }

    private static void MakeQuantities(MadeSymbol profile, ref Bar bar, ref MadeRandom random)
    {
        var size = profile.QuantityPerTrade * Math.Exp(0.5 * random.NextNormal());
        var direction = bar.High > bar.Low ? (double)(bar.Close - bar.Open) / (bar.High - bar.Low) : 0;
        var share = Math.Clamp(0.5 + (0.15 * direction) + (0.06 * random.NextNormal()), 0.05, 0.95);
        var price = (bar.Open + bar.High + bar.Low + bar.Close) / 4;
        bar.Volume = Math.Max(bar.TradeCount > 0 ? 1 : 0, (long)(bar.TradeCount * size));
        bar.TakerVolume = (long)(bar.Volume * share);
        bar.QuoteVolume = bar.Volume * price;
        bar.TakerQuoteVolume = bar.TakerVolume * price;
    }

    private static long ToPrice(MadeSymbol profile, double level) =>
        Math.Max(1, (long)Math.Round(profile.Price * Math.Exp(level) / profile.Tick)) * profile.Tick;
}
