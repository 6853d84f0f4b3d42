using ExtGap.Bot.Tests.Support;
using ExtGap.Tests;

namespace ExtGap.Bot.Tests.Backtesting;

[Collection(Cli.Collection)]
public sealed class BacktestConformanceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Cases => new(
        from name in Conformance.Names
        from algorithm in new[] { "group", "simple", "corrected" }
        select (name, algorithm));

    public static TheoryData<string> RealCases => [.. RealKlines.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_backtest_writes_the_expected_files_byte_for_byte(string name, string algorithm)
    {
        var timeframe = name[(name.LastIndexOf('-') + 1)..];
        var (exitCode, output, error) = await Cli.RunAsync(
            "backtest", "--klines", Conformance.Klines(name), "--symbol", Conformance.Symbol, "--timeframe", timeframe, "--algorithm", algorithm, "--output", _folder.Root);

        Assert.Equal(0, exitCode);
        AssertOnlyProgress(error);
        Assert.Contains("Gaps", output, StringComparison.Ordinal);
        ExpectedFile.AssertSame(Conformance.ExpectedGaps(name, algorithm), Expected.WithoutDetection(_folder.Read($"binance_extgap_testusdt_{timeframe}_gaps.csv")));
        ExpectedFile.AssertSame(Conformance.ExpectedTrades(name, algorithm), _folder.Read($"binance_extgap_testusdt_{timeframe}_trades.csv"));
        Assert.Equal(2, _folder.Names.Length);
    }

    [Theory]
    [MemberData(nameof(RealCases))]
    public async Task Real_klines_give_the_expected_files_in_every_timeframe(string expected)
    {
        if (RealKlines.IsNone(expected))
        {
            return;
        }

        var (symbol, timeframe) = (RealKlines.SymbolOf(expected), RealKlines.TimeframeOf(expected));
        var (exitCode, _, error) = await Cli.RunAsync(
            "backtest", "--klines", RealKlines.Klines(expected), "--symbol", symbol, "--timeframe", timeframe, "--output", _folder.Root);

        Assert.Equal(0, exitCode);
        AssertOnlyProgress(error);
        var prefix = $"binance_extgap_{symbol.ToLowerInvariant()}_{timeframe}";
        ExpectedFile.AssertSame(RealKlines.ExpectedGaps(expected), Expected.WithoutDetection(_folder.Read($"{prefix}_gaps.csv")));
        ExpectedFile.AssertSame(RealKlines.ExpectedTrades(expected), _folder.Read($"{prefix}_trades.csv"));
    }

    public void Dispose() => _folder.Dispose();

    // A busy machine takes longer than the second after which a backtest tells how far it is.
    private static void AssertOnlyProgress(string error) =>
        Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(" % of the klines after ", line, StringComparison.Ordinal));
}
