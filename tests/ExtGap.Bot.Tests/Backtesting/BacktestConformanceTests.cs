using ExtGap.Bot.Tests.Support;
using ExtGap.Tests;

namespace ExtGap.Bot.Tests.Backtesting;

[Collection(Cli.Collection)]
public sealed class BacktestConformanceTests : IDisposable
{
    private const string NoRealKlines = "there are no real klines beside the repository";

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Cases => new(
        from name in Conformance.Names
        from algorithm in new[] { "group", "simple", "corrected" }
        select (name, algorithm));

    /// <summary>Expected files of the real klines, such as <c>AVAXUSDT-1m-2023-02.10m</c>.</summary>
    public static TheoryData<string> RealCases => Directory.Exists(Repository.RealKlines)
        ? [.. Directory.EnumerateFiles(Path.Combine(Repository.RealKlines, "expected"), "*.gaps.csv")
            .Select(path => Path.GetFileName(path)[..^".gaps.csv".Length])
            .Order(StringComparer.Ordinal)]
        : [NoRealKlines];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_backtest_writes_the_expected_files_byte_for_byte(string name, string algorithm)
    {
        var timeframe = name[(name.LastIndexOf('-') + 1)..];
        var (exitCode, output, error) = await Cli.RunAsync(
            "backtest", "--klines", Conformance.Klines(name), "--symbol", Conformance.Symbol, "--timeframe", timeframe, "--algorithm", algorithm, "--output", _folder.Root);

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.Contains("Gaps", output, StringComparison.Ordinal);
        Expected.Same(Conformance.ExpectedGaps(name, algorithm), Expected.WithoutDetection(_folder.Read($"binance_extgap_testusdt_{timeframe}_gaps.csv")));
        Expected.Same(Conformance.ExpectedTrades(name, algorithm), _folder.Read($"binance_extgap_testusdt_{timeframe}_trades.csv"));
        Assert.Equal(2, _folder.Names.Length);
    }

    [Theory]
    [MemberData(nameof(RealCases))]
    public async Task Real_klines_give_the_expected_files_in_every_timeframe(string expected)
    {
        if (string.Equals(expected, NoRealKlines, StringComparison.Ordinal))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{NoRealKlines}: nothing was compared.");
            return;
        }

        var separator = expected.LastIndexOf('.');
        var (name, timeframe) = (expected[..separator], expected[(separator + 1)..]);
        var symbol = name[..name.IndexOf('-', StringComparison.Ordinal)];
        var (exitCode, _, error) = await Cli.RunAsync(
            "backtest", "--klines", Path.Combine(Repository.RealKlines, $"{name}.csv"), "--symbol", symbol, "--timeframe", timeframe, "--output", _folder.Root);

        Assert.Equal((0, string.Empty), (exitCode, error));
        var prefix = $"binance_extgap_{symbol.ToLowerInvariant()}_{timeframe}";
        Expected.Same(Path.Combine(Repository.RealKlines, "expected", $"{expected}.gaps.csv"), Expected.WithoutDetection(_folder.Read($"{prefix}_gaps.csv")));
        Expected.Same(Path.Combine(Repository.RealKlines, "expected", $"{expected}.trades.csv"), _folder.Read($"{prefix}_trades.csv"));
    }

    public void Dispose() => _folder.Dispose();
}
