using BenchmarkDotNet.Attributes;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Measure.Market;

namespace ExtGap.Benchmarks;

/// <summary>The search for gaps, one candle an operation.</summary>
public class Detector
{
    private const int Count = 1 << 16;

    private Candle[] _candles = [];

    [Params(GapAlgorithm.Group, GapAlgorithm.Simple, GapAlgorithm.Corrected)]
    public GapAlgorithm Algorithm { get; set; }

    /// <summary>The more the price moves, the more gaps; where it doesn't, there is none, and the group is always full.</summary>
    [Params(0, 20)]
    public int Step { get; set; }

    [GlobalSetup]
    public void Load() => _candles = [.. Bars.Walk(Count, Step, wick: 8).Select(bar => bar.ToCandle())];

    [Benchmark(OperationsPerInvoke = Count)]
    public int Detect()
    {
        var detector = GapDetector.Create(Algorithm);
        var found = 0;
        foreach (ref readonly var candle in _candles.AsSpan())
        {
            found += detector.TryDetect(candle, out _) ? 1 : 0;
        }

        return found;
    }
}
