using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>An exchange that goes silent behind a bot that runs: no reason for a restart, but for health and an alert.</summary>
public sealed class SilentFeed : AlertTest
{
    [Fact(Timeout = 200_000)]
    public async Task A_silent_feed_is_unhealthy_after_a_minute_and_told_and_well_again_when_it_is_back()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var deployment = Deploy(exchange, Settings(alertAfter: "30s")).WithTelegram(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        var before = await deployment.WaitForAsync(status => status.IsQuiet(Name), cancellationToken);
        Assert.Equal("Healthy.", await deployment.RunAsync(0, cancellationToken, "health"));

        await exchange.SetFaultAsync("silence", cancellationToken);
        var silent = TimeProvider.System.GetTimestamp();
        var verdict = await WaitForHealthAsync(deployment, 1, cancellationToken);
        Assert.InRange(TimeProvider.System.GetElapsedTime(silent).TotalSeconds, 55, 100);
        Assert.Matches("1m: (no data from the exchange for|a candle is) ", verdict);
        await WaitForAlertsAsync(exchange, "fresh data", cancellationToken);

        await exchange.ClearFaultsAsync(cancellationToken);
        await WaitForHealthAsync(deployment, 0, cancellationToken);
        var alerts = await WaitForAlertsAsync(exchange, "fresh again", cancellationToken);
        Assert.Equal(2, alerts.Count);
        Assert.Matches(@"^1m runs, but its feed has had no fresh data for .*\.\n", alerts[0]);
        Assert.Matches(@"^1m's feed is fresh again\. It had been stale for .*\.\n", alerts[1]);
        Assert.Equal(before.PidOf(Name), (await deployment.StatusAsync(cancellationToken))!.PidOf(Name));
    }

    private static Task<string> WaitForHealthAsync(Deployment deployment, int exitCode, CancellationToken cancellationToken) => Waiting.ForAsync(
        async () => await deployment.RunAsync(cancellationToken, "health") is { } health && health.ExitCode == exitCode ? health.Output : null,
        deployment.ToString,
        cancellationToken);
}
