using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests;

/// <summary>Klines played by the exchange at full speed, through WebSocket and REST, into the running bot give the same bytes as expected.</summary>
public sealed class LiveConformance
{
    public static TheoryData<string> Synthetic => [.. Conformance.Names];

    public static TheoryData<string> Real =>
        [.. RealKlines.Cases.Where(name => name == RealKlines.None || RealKlines.TimeframeOf(name) is "3m" or "10m" or "15m" or "1h")];

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
    public async Task A_bot_that_follows_real_candles_writes_the_expected_files(string name)
    {
        if (RealKlines.IsNone(name))
        {
            return;
        }

        var expected = Results.Expected(RealKlines.ExpectedGaps(name), RealKlines.ExpectedTrades(name));
        Assert.Equal(expected, await FollowAsync(
            RealKlines.Klines(name), RealKlines.SymbolOf(name), RealKlines.TimeframeOf(name), expected, TestContext.Current.CancellationToken));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("10m")]
    [InlineData("45m")]
    [InlineData("1h")]
    public async Task A_bot_that_follows_candles_writes_what_a_backtest_over_them_writes(string timeframe)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var backtest = ChildProcess.Start(
            "extgap-bot", "backtest", "--klines", Conformance.Klines("walk-1m"), "--symbol", Conformance.Symbol, "--timeframe", timeframe, "--output", folder.Path);
        Assert.Equal(0, await backtest.WaitForExitAsync(cancellationToken));

        var expected = Results.Read(folder.Path, Conformance.Symbol, timeframe);
        Assert.Equal(expected, await FollowAsync($"{Conformance.Klines("walk-1m")}={Conformance.Symbol}", Conformance.Symbol, timeframe, expected, cancellationToken));
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
