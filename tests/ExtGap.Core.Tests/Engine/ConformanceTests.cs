using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Tests;

namespace ExtGap.Core.Tests.Engine;

public sealed class ConformanceTests
{
    public static TheoryData<string, GapAlgorithm> Cases => new(
        from name in Conformance.Names
        from algorithm in Enum.GetValues<GapAlgorithm>()
        select (name, algorithm));

    public static TheoryData<string> RealCases => [.. RealKlines.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_algorithm_finds_the_expected_gaps_and_makes_the_expected_trades(string name, GapAlgorithm algorithm)
    {
        var run = EngineRun.Of(algorithm, KlineFile.Candles(Conformance.Klines(name)));

        var variant = algorithm.ToString().ToLowerInvariant();
        ExpectedFile.AssertSame(Conformance.ExpectedGaps(name, variant), CsvLayout.Gaps(Conformance.Symbol, run.Gaps));
        ExpectedFile.AssertSame(Conformance.ExpectedTrades(name, variant), CsvLayout.Trades(Conformance.Symbol, run.Trades));
    }

    [Theory]
    [MemberData(nameof(RealCases))]
    public void Real_klines_give_the_expected_gaps_and_trades_in_every_timeframe_built_from_the_minute(string expected)
    {
        if (RealKlines.IsNone(expected))
        {
            return;
        }

        var run = new EngineRun(GapAlgorithm.Group);
        var candles = KlineFile.Candles(RealKlines.Klines(expected), out var source);
        var aggregator = new CandleAggregator(source, Timeframe.Parse(RealKlines.TimeframeOf(expected)));
        foreach (var candle in candles)
        {
            aggregator.SourceClosed(candle, run);
        }

        var symbol = RealKlines.SymbolOf(expected);
        ExpectedFile.AssertSame(RealKlines.ExpectedGaps(expected), CsvLayout.Gaps(symbol, run.Gaps));
        ExpectedFile.AssertSame(RealKlines.ExpectedTrades(expected), CsvLayout.Trades(symbol, run.Trades));
    }
}
