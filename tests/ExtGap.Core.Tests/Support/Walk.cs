using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Support;

/// <summary>How the prices of a stretch of candles move.</summary>
internal enum Shape
{
    Walk,
    Trend,
    MeanReverting,
    Staircase,

    /// <summary>All candles share a price, so there is no gap however many they are.</summary>
    Gapless,

    /// <summary>Each candle spans more than the one before, so that all of them can still become an extreme of the group.</summary>
    Widening,

    /// <summary>One bar alone sets the extreme, and 496 to 502 bars later one breaks it: is it still in the group?</summary>
    WindowEdge,
}

/// <summary>Makes candles on a coarse tick, so that equal highs and lows abound; also candles without a range, and holes.</summary>
internal sealed class Walk(Random random, Timeframe timeframe)
{
    private const long Tick = 10_000_000;
    private const int Middle = 1000;

    private readonly List<Candle> _candles = [];
    private readonly bool _hasHoles = random.Next(3) == 0;
    private int _price = Middle;
    private Instant _time = timeframe.Floor(new(1_700_000_000_000));

    public IReadOnlyList<Candle> Candles => _candles;

    public static Price Ticks(int ticks) => Price.FromUnits(ticks * Tick);

    public void Add(Shape shape, int count)
    {
        var drift = random.Next(2) == 0 ? 1 : -1;
        var (center, step) = (_price, random.Next(1, 6));
        if (shape == Shape.WindowEdge)
        {
            AddWindowEdge(drift);
            return;
        }

        for (var i = 0; i < count && shape == Shape.Widening; i++)
        {
            Add(center, center + i, Math.Max(1, center - i), center);
        }

        for (var i = 0; i < count && shape != Shape.Widening; i++)
        {
            var open = _price;
            var move = random.Next(-step, step + 1);
            _price = Math.Clamp(
                shape switch
                {
                    Shape.Trend => _price + move + drift,
                    Shape.MeanReverting => _price + move + Math.Sign(center - _price),
                    Shape.Staircase => i % 17 == 16 ? _price + (drift * 3 * step) : _price + random.Next(-1, 2),
                    Shape.Gapless => center + random.Next(-3, 4),
                    _ => _price + move,
                },
                50,
                100_000);
            var (low, high) = (Math.Min(open, _price) - Wick(), Math.Max(open, _price) + Wick());
            if (shape == Shape.Gapless)
            {
                (low, high) = (Math.Min(low, center), Math.Max(high, center));
            }

            // A candle may also open away from the last close.
            Add(random.Next(4) == 0 ? random.Next(low, high + 1) : open, high, low, _price);
        }
    }

    private void AddWindowEdge(int side)
    {
        var center = _price;
        Add(center, center + (side > 0 ? 0 : 4), center - (side > 0 ? 4 : 0), center);
        for (var rest = random.Next(495, 502); rest > 0; rest--)
        {
            Add(center + side, center + (side > 0 ? 4 : 1), center - (side > 0 ? 1 : 4), center);
        }

        Add(center + (2 * side), center + (side > 0 ? 4 : -1), center + (side > 0 ? 1 : -4), center + (2 * side));
    }

    private int Wick() => Math.Max(0, random.Next(-2, 4));

    private void Add(int open, int high, int low, int close)
    {
        _candles.Add(new(_time, timeframe.CloseTimeOf(_time), Ticks(open), Ticks(high), Ticks(low), Ticks(close), 1m));
        _price = close;
        _time = timeframe.Next(_time);
        for (var missing = _hasHoles && random.Next(10) == 0 ? random.Next(1, random.Next(30) == 0 ? 600 : 4) : 0; missing > 0; missing--)
        {
            _time = timeframe.Next(_time);
        }
    }
}
