using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>A bot that hangs, and one that stays away: each told once, and once that it is over.</summary>
public sealed class WatchdogAlert : AlertTest
{
    [Fact(Timeout = 120_000)]
    public async Task A_bot_that_hangs_is_killed_and_started_again_and_that_is_told()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var settings = Settings();
        settings["watchdog"] = "5s";
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var deployment = Deploy(exchange, settings).WithTelegram(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        var before = await deployment.WaitForAsync(status => status.IsQuiet(Name), cancellationToken);

        var stopped = TimeProvider.System.GetTimestamp();
        Signals.Send(before.PidOf(Name)!.Value, Signals.Stop);
        var after = await deployment.WaitForAsync(status => status.StateOf(Name) == "RUNNING" && status.PidOf(Name) != before.PidOf(Name), cancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"RUNNING again {TimeProvider.System.GetElapsedTime(stopped).TotalSeconds:F1} s after SIGSTOP.");
        Assert.Equal(1, after[Name]["restarts"]!.GetValue<int>());
        Assert.False(Signals.IsAlive(before.PidOf(Name)!.Value));
        var alerts = await WaitForAlertsAsync(exchange, "runs again", cancellationToken);
        Assert.Equal(2, alerts.Count);
        Assert.Equal("1m hung and is being killed: silent for 5 s (watchdog).\nLOCAL", alerts[0]);
        Assert.Matches(@"^1m runs again, .* seconds? after it had hung\.\n", alerts[1]);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bot_that_is_down_for_long_is_told_and_that_it_is_back()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var deployment = Deploy(exchange, Settings("15s", alertAfter: "10s")).WithTelegram(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");

        await KillAsync(deployment, 1, cancellationToken);

        var alerts = await WaitForAlertsAsync(exchange, "runs again", cancellationToken);
        Assert.Equal(2, alerts.Count);
        Assert.Matches(@"^1m has been down for 1[0-4] seconds\. It is in BACKOFF \(killed by SIGKILL\)\.\nLOCAL$", alerts[0]);
        Assert.Matches(@"^1m runs again\. It had been down for .* seconds?\.\n", alerts[1]);
    }
}
