using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests;

/// <summary>Klines played by the exchange at full speed, through WebSocket and REST, into the running bot give the same bytes as expected.</summary>
public sealed class LiveConformance
{
    private const string NoRealKlines = "there are no real klines beside the repository";

    public static TheoryData<string> Synthetic => [.. Conformance.Names];

    public static TheoryData<string, string> Real => Directory.Exists(Repository.RealKlines)
        ? new(
            from path in Directory.EnumerateFiles(Repository.RealKlines, "*.csv").Order(StringComparer.Ordinal)
            from timeframe in new[] { "3m", "10m", "15m", "1h" }
            select (Path.GetFileNameWithoutExtension(path), timeframe))
        : new([(NoRealKlines, string.Empty)]);

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Synthetic))]
    public async Task A_bot_that_follows_synthetic_candles_writes_the_expected_files(string name)
    {
        var timeframe = name[(name.LastIndexOf('-') + 1)..];
        var expected = Results.Expected(Conformance.ExpectedGaps(name, "group"), Conformance.ExpectedTrades(name, "group"));
        var klines = $"{Conformance.Klines(name)}={Conformance.Symbol}";
        Assert.Equal(expected, await FollowAsync(klines, Conformance.Symbol, timeframe, expected, TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 240_000)]
    [MemberData(nameof(Real))]
    public async Task A_bot_that_follows_real_candles_writes_the_expected_files(string name, string timeframe)
    {
        if (name == NoRealKlines)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{NoRealKlines}: nothing was compared.");
            return;
        }

        var file = Path.Combine(Repository.RealKlines, "expected", $"{name}.{timeframe}");
        var expected = Results.Expected($"{file}.gaps.csv", $"{file}.trades.csv");
        var klines = Path.Combine(Repository.RealKlines, $"{name}.csv");
        Assert.Equal(expected, await FollowAsync(klines, name[..name.IndexOf('-', StringComparison.Ordinal)], timeframe, expected, TestContext.Current.CancellationToken));
    }

    private static async Task<Results> FollowAsync(string klines, string symbol, string timeframe, Results expected, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--klines", klines, "--speed", "max", "--wait-for", "1", "--update-interval", "1m");
        await using var bot = ChildProcess.Start(
            "extgap-bot", ["--symbol", symbol, "--timeframe", timeframe, "--data-directory", folder.Path, "--log-level", "warning", .. exchange.BotOptions]);
        await expected.WaitForAsync(bot, folder.Path, symbol, timeframe, cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        return Results.Read(folder.Path, symbol, timeframe);
    }
}
