using BenchmarkDotNet.Attributes;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using ExtGap.Measure.Market;

namespace ExtGap.Benchmarks;

/// <summary>Detector, trading and statistics together, one candle an operation.</summary>
public class Engine
{
    private const int Count = 1 << 16;

    private readonly List<EngineEvent> _events = [];
    private Candle[] _candles = [];

    [GlobalSetup]
    public void Load() => _candles = [.. Bars.Walk(Count, step: 20, wick: 8).Select(bar => bar.ToCandle())];

    [Benchmark(OperationsPerInvoke = Count)]
    public long Close()
    {
        var engine = new StrategyEngine(GapAlgorithm.Group, new TradingOptions());
        foreach (ref readonly var candle in _candles.AsSpan())
        {
            engine.CandleClosed(candle, _events);
            _events.Clear();
        }

        return engine.CandleCount;
    }
}
