using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>The market of eight days that deployments of three bots follow, and what each of them must make of it.</summary>
public static class DeployedMarket
{
    private const string Klines = "ties-3m";

    // For the last frames to become gaps and messages.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, Lazy<Task<Results>>> Expected = new(StringComparer.Ordinal)
    {
        ["3m"] = new(() => Task.FromResult(Results.Expected(Conformance.ExpectedGaps(Klines, "group"), Conformance.ExpectedTrades(Klines, "group")))),
        ["15m"] = new(() => BacktestAsync("15m")),
        ["1h"] = new(() => BacktestAsync("1h")),
    };

    public static IReadOnlyList<string> Timeframes { get; } = ["3m", "15m", "1h"];

    /// <summary>An exchange that plays it within half a minute, but only while all three listen: a busy machine may take longer to start one than the market lasts.</summary>
    public static Task<ExchangeProcess> PlayAsync(CancellationToken cancellationToken) => ExchangeProcess.StartAsync(
        cancellationToken, "--klines", $"{Conformance.Klines(Klines)}={Conformance.Symbol}", "--speed", "30000", "--wait-for", $"{Timeframes.Count}", "--update-interval", "30s");

    /// <summary>The three bots on it.</summary>
    public static Deployment Deploy(ExchangeProcess exchange) =>
        Deployment.OfBots(exchange, Conformance.Symbol, Timeframes, null, ("since", "2025-01-01"), ("stats-interval", "30d")).WithTelegram(exchange);

    /// <summary>Lets the market stand when the bot with the most gaps has so many.</summary>
    public static async Task HoldAtAsync(int gaps, ExchangeProcess exchange, Deployment deployment, CancellationToken cancellationToken)
    {
        // One that comes when nothing moves any more would wait for its first candle for ever.
        await deployment.WaitForAsync(status => Timeframes.All(status.IsLive), cancellationToken);
        await Waiting.UntilAsync(() => Results.CountGaps(deployment.DataFolder, Conformance.Symbol, "3m") >= gaps, deployment.ToString, cancellationToken);
        await exchange.SetFaultAsync("stand-still", cancellationToken);
        await WaitUntilToldAsync(deployment, cancellationToken);
    }

    /// <summary>Waits for the end of the market, compares every byte that the bots have written, and waits until Telegram has it all.</summary>
    public static async Task CheckAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        foreach (var timeframe in Timeframes)
        {
            var expected = await Expected[timeframe].Value.WaitAsync(cancellationToken);
            await expected.WaitForAsync(deployment, Conformance.Symbol, timeframe, cancellationToken);
            Assert.Equal(expected, Results.Read(deployment.DataFolder, Conformance.Symbol, timeframe));
        }

        await WaitUntilToldAsync(deployment, cancellationToken);
    }

    // A bot that is stopped with much to tell leaves what it can't tell within 5 s, its goodbye too, to its next start.
    private static async Task WaitUntilToldAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var stood = TimeProvider.System.GetTimestamp();
        await deployment.WaitForAsync(status => Timeframes.All(timeframe => status.HasToldAll(timeframe, TimeProvider.System.GetElapsedTime(stood) - OnTheWay)), cancellationToken);
    }

    private static async Task<Results> BacktestAsync(string timeframe)
    {
        using var folder = new TemporaryFolder();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var run = await BotRun.OfAsync(patience.Token, "backtest", "--klines", Conformance.Klines(Klines), "--symbol", Conformance.Symbol, "--timeframe", timeframe, "--output", folder.Path);
        Assert.True(run.ExitCode == 0, run.Output);
        return Results.Read(folder.Path, Conformance.Symbol, timeframe);
    }
}
