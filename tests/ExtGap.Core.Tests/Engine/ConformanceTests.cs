using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Tests;

namespace ExtGap.Core.Tests.Engine;

public sealed class ConformanceTests
{
    private const string NoRealKlines = "there are no real klines beside the repository";

    public static TheoryData<string, GapAlgorithm> Cases => new(
        from name in Conformance.Names
        from algorithm in Enum.GetValues<GapAlgorithm>()
        select (name, algorithm));

    /// <summary>Expected files of the real klines, such as <c>AVAXUSDT-1m-2023-02.10m</c>.</summary>
    public static TheoryData<string> RealCases => Directory.Exists(Repository.RealKlines)
        ? [.. Directory.EnumerateFiles(Path.Combine(Repository.RealKlines, "expected"), "*.gaps.csv")
            .Select(path => Path.GetFileName(path)[..^".gaps.csv".Length])
            .Order(StringComparer.Ordinal)]
        : [NoRealKlines];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_algorithm_finds_the_expected_gaps_and_makes_the_expected_trades(string name, GapAlgorithm algorithm)
    {
        var run = EngineRun.Of(algorithm, KlineFile.Candles(Conformance.Klines(name)));

        var variant = algorithm.ToString().ToLowerInvariant();
        AssertSame(Conformance.ExpectedGaps(name, variant), CsvLayout.Gaps(Conformance.Symbol, run.Gaps));
        AssertSame(Conformance.ExpectedTrades(name, variant), CsvLayout.Trades(Conformance.Symbol, run.Trades));
    }

    [Theory]
    [MemberData(nameof(RealCases))]
    public void Real_klines_give_the_expected_gaps_and_trades_in_every_timeframe_built_from_the_minute(string expected)
    {
        if (string.Equals(expected, NoRealKlines, StringComparison.Ordinal))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{NoRealKlines}: nothing was compared.");
            return;
        }

        var separator = expected.LastIndexOf('.');
        var (name, target) = (expected[..separator], Timeframe.Parse(expected[(separator + 1)..]));
        var run = new EngineRun(GapAlgorithm.Group);
        var candles = KlineFile.Candles(Path.Combine(Repository.RealKlines, $"{name}.csv"), out var source);
        var aggregator = new CandleAggregator(source, target);
        foreach (var candle in candles)
        {
            aggregator.SourceClosed(candle, run);
        }

        var symbol = name[..name.IndexOf('-', StringComparison.Ordinal)];
        var prefix = Path.Combine(Repository.RealKlines, "expected", expected);
        AssertSame($"{prefix}.gaps.csv", CsvLayout.Gaps(symbol, run.Gaps));
        AssertSame($"{prefix}.trades.csv", CsvLayout.Trades(symbol, run.Trades));
    }

    private static void AssertSame(string expectedFile, string actual)
    {
        var expected = File.ReadAllText(expectedFile);
        if (string.Equals(expected, actual, StringComparison.Ordinal))
        {
            return;
        }

        var (expectedLines, actualLines) = (expected.Split('\n'), actual.Split('\n'));
        var line = expectedLines.Zip(actualLines).TakeWhile(pair => pair.First.Equals(pair.Second, StringComparison.Ordinal)).Count();
        Assert.Fail(
            $"{Path.GetFileName(expectedFile)}, line {line + 1} of {expectedLines.Length} (here {actualLines.Length}):\n"
            + $"expected {expectedLines.ElementAtOrDefault(line)}\n  actual {actualLines.ElementAtOrDefault(line)}");
    }
}
