using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>Candles of one minute, counted from a round beginning; each has prices of its own.</summary>
internal static class Minutes
{
    public static readonly Timeframe Timeframe = Timeframe.Parse("1m");

    public static readonly Instant Start = new(1_740_000_000_000);

    public static Instant At(double minute) => new(Start.UnixMilliseconds + (long)(minute * 60_000));

    public static int NumberOf(Instant openTime) => (int)((openTime.UnixMilliseconds - Start.UnixMilliseconds) / 60_000);

    public static Price OpenOf(int minute) => Price.FromUnits((1000 + (minute % 97)) * 100_000_000L);

    public static Candle Candle(int minute)
    {
        var open = OpenOf(minute);
        return new(At(minute), new(At(minute + 1).UnixMilliseconds - 1), open, open, open, open, minute);
    }

    public static Candle[] Candles(int first, int count) => [.. Enumerable.Range(first, count).Select(Candle)];
}
