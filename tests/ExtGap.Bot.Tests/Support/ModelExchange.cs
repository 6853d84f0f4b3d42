using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>An exchange of one contract as a plain model: which minutes it has, what its stream sends when, and what REST shows when.</summary>
internal sealed class ModelExchange
{
    private readonly Random _random;
    private readonly Dictionary<int, double> _onRestFrom = [];

    public ModelExchange(Random random, int minutes)
    {
        _random = random;
        Count = minutes;
        var holes = random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 0.4 };
        Minutes = [.. Enumerable.Range(0, minutes).Where(_ => random.NextDouble() >= holes)];
        var latest = 0.0;
        foreach (var minute in Minutes)
        {
            // REST may lag behind the stream, but it has a candle only together with those before it.
            latest = Math.Max(latest, ((minute + 1) * 60) + (random.Next(4) == 0 ? random.NextDouble() * 20 : 0));
            _onRestFrom[minute] = latest;
        }
    }

    public int Count { get; }

    /// <summary>The minutes in which there was a candle.</summary>
    public IReadOnlyList<int> Minutes { get; }

    /// <summary>All frames of the stream, by the second at which they leave: a candle's first one with a trade, and the closing one.</summary>
    public IEnumerable<(double Second, int Minute, bool IsClosed)> Frames()
    {
        foreach (var minute in Minutes)
        {
            yield return ((minute * 60) + (_random.NextDouble() * 30), minute, false);
            yield return (((minute + 1) * 60) + 0.1 + (_random.NextDouble() * 3), minute, true);
        }
    }

    /// <summary>What REST shows at a second, the open candle included.</summary>
    public IEnumerable<int> Rest(int from, double second) =>
        Minutes.Where(minute => minute >= from && (minute * 60) <= second && (_onRestFrom[minute] <= second || second < (minute + 1) * 60));

    /// <summary>The holes between its first and last candle, as a join that was <paramref name="continued"/> should tell them.</summary>
    public IEnumerable<string> Holes(int from, bool continued)
    {
        var expected = continued ? from : Minutes.FirstOrDefault(minute => minute >= from, from);
        foreach (var minute in Minutes.Where(minute => minute >= from))
        {
            if (minute > expected)
            {
                yield return $"hole {expected}-{minute - 1}";
            }

            expected = minute + 1;
        }
    }

    public static Instant TimeAt(double second) => Support.Minutes.At(second / 60);
}
