using System.Collections;
using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Support;

/// <summary>Candles written by hand, one after the other, from 2025-01-01 on.</summary>
internal sealed class Series(string timeframe) : IEnumerable<Candle>
{
    private readonly Timeframe _timeframe = Timeframe.Parse(timeframe);
    private readonly List<Candle> _candles = [];

    /// <summary>Open time of the next candle.</summary>
    public Instant Next { get; private set; } = new(1_735_689_600_000);

    public Series Bar(decimal low, decimal high) => Bar(low, high, low, high);

    public Series Bar(decimal low, decimal high, decimal open, decimal close)
    {
        _candles.Add(new(Next, _timeframe.CloseTimeOf(Next), PriceOf(open), PriceOf(high), PriceOf(low), PriceOf(close), 1m));
        return Hole(1);
    }

    /// <summary>Candles of 99 to 100, opening at 100 and closing at 99: no gap after <see cref="ShortSignal"/>.</summary>
    public Series Quiet(int count)
    {
        for (; count > 0; count--)
        {
            Bar(99, 100, 100, 99);
        }

        return this;
    }

    public Series Hole(int count)
    {
        for (; count > 0; count--)
        {
            Next = _timeframe.Next(Next);
        }

        return this;
    }

    /// <summary>A first bullish gap, then a bearish one: after these three candles a short entry is pending in every algorithm.</summary>
    public Series ShortSignal() => Bar(100, 101).Bar(102, 103).Bar(99, 100);

    public static Price PriceOf(decimal value) => Price.FromUnits((long)(value * 100_000_000));

    public IEnumerator<Candle> GetEnumerator() => _candles.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
