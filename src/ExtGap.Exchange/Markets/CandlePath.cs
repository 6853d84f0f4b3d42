namespace ExtGap.Exchange.Markets;

/// <summary>
/// What of a bar has happened at a moment within it. Files tell only how a bar ended, so its way is made up: at an even pace from the open to the
/// extreme that lies against its direction, to the other one, to the close. It is a function of the bar and the time alone:
/// frames and REST rows of the same moment are the same, and no value ever goes beyond its final one.
/// </summary>
internal static class CandlePath
{
    /// <summary>The bar as it is <paramref name="elapsed"/> of its <paramref name="length"/> milliseconds after its open time, at prices of whole ticks.</summary>
    public static Bar At(in Bar bar, long elapsed, long length, long tick)
    {
        if (elapsed >= length)
        {
            return bar;
        }

        var done = (double)Math.Max(elapsed, 0) / length;
        var partial = bar;
        Walk(bar, done, tick, ref partial);

        // A bar with trades is there because of its first trade, so it never begins with less than that.
        var traded = bar.TradeCount > 0 ? Math.Max(done, 1.0 / bar.TradeCount) : done;
        partial.TradeCount = Part(bar.TradeCount, traded, 1);
        partial.Volume = Part(bar.Volume, traded, 1);
        partial.QuoteVolume = Part(bar.QuoteVolume, traded, 1);
        partial.TakerVolume = Part(bar.TakerVolume, traded, 0);
        partial.TakerQuoteVolume = Part(bar.TakerQuoteVolume, traded, 0);
        return partial;
    }

    private static void Walk(in Bar bar, double done, long tick, ref Bar partial)
    {
        var rising = bar.Close >= bar.Open;
        var first = rising ? bar.Low : bar.High;
        var second = rising ? bar.High : bar.Low;
        var toFirst = Math.Abs(first - bar.Open);
        var toSecond = bar.High - bar.Low;
        var toClose = Math.Abs(bar.Close - second);
        var way = (long)((toFirst + toSecond + toClose) * done) / tick * tick;
        if (way >= toFirst + toSecond)
        {
            partial.Close = Between(second, bar.Close, way - toFirst - toSecond);
            return;
        }

        var reached = way >= toFirst ? first : bar.Open;
        partial.Close = way >= toFirst ? Between(first, second, way - toFirst) : Between(bar.Open, first, way);
        partial.High = Math.Max(Math.Max(bar.Open, reached), partial.Close);
        partial.Low = Math.Min(Math.Min(bar.Open, reached), partial.Close);
    }

    private static long Between(long from, long to, long way) => to >= from ? Math.Min(from + way, to) : Math.Max(from - way, to);

    private static long Part(long whole, double done, long least) => Math.Min(whole, Math.Max(least, (long)(whole * done)));
}
