using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>A bot that dies again and again is told once, and once that it is stable again.</summary>
public sealed class CrashLoopAlert : AlertTest
{
    [Fact(Timeout = 120_000)]
    public async Task A_crash_loop_is_told_once_and_its_end_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var deployment = Deploy(exchange, Settings()).WithTelegram(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await KillAsync(deployment, 5, cancellationToken);

        AssertBoth(await WaitForAlertsAsync(exchange, "is stable again", cancellationToken));
        await deployment.RunAsync(0, cancellationToken, "stop-all");
        AssertBoth(await ReadAlertsAsync(exchange, cancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_Telegram_that_refuses_for_a_while_delays_the_alerts_and_neither_loses_nor_doubles_one()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var deployment = Deploy(exchange, Settings()).WithTelegram(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await exchange.SetFaultAsync("telegram-429=60", cancellationToken);
        await KillAsync(deployment, 3, cancellationToken);
        await deployment.WaitForLogAsync("The alert could not be sent, and is tried again in 5 s: Chat 1 of 1 (1001): not delivered: Telegram asks to wait for 60 s", cancellationToken);
        Assert.Empty(await ReadAlertsAsync(exchange, cancellationToken));
        await exchange.ClearFaultsAsync(cancellationToken);

        AssertBoth(await WaitForAlertsAsync(exchange, "is stable again", cancellationToken));
        await deployment.RunAsync(0, cancellationToken, "stop-all");
        AssertBoth(await ReadAlertsAsync(exchange, cancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_chat_that_is_gone_does_not_make_the_others_hear_it_again_and_again()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await exchange.SetFaultAsync("telegram-blocked=1001", cancellationToken);
        await using var deployment = Deploy(exchange, Settings()).WithTelegram(exchange, "1001,1002");
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await KillAsync(deployment, 3, cancellationToken);

        AssertBoth(await WaitForAlertsAsync(exchange, "is stable again", cancellationToken));
        Assert.Contains("The alert has not reached every chat, and is not tried again: Chat 1 of 2 (1001): not delivered: ", deployment.SupervisorLog, StringComparison.Ordinal);
        Assert.DoesNotContain("and is tried again", deployment.SupervisorLog, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_general_credentials_an_alert_is_one_line_of_the_log_and_not_tried_again()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var deployment = Deploy(exchange, Settings());
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await KillAsync(deployment, 3, cancellationToken);
        await deployment.WaitForLogAsync("is stable again", cancellationToken);
        await deployment.WaitForLogAsync("Alerts are off", cancellationToken);
        await deployment.RunAsync(0, cancellationToken, "stop-all");

        var lines = deployment.SupervisorLog.Split('\n');
        Assert.Single(lines, line => line.Contains("Alert: 1m keeps failing: 3 restarts within", StringComparison.Ordinal));
        Assert.InRange(lines.Count(line => line.Contains("Alerts are off: There are no TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_IDS", StringComparison.Ordinal)), 1, 2);
        Assert.DoesNotContain(lines, line => line.Contains("is tried again", StringComparison.Ordinal));
    }

    private static void AssertBoth(IReadOnlyList<string> alerts)
    {
        Assert.Equal(2, alerts.Count);
        Assert.Matches(@"^1m keeps failing: 3 restarts within [0-9]+ seconds?\.", alerts[0]);
        Assert.Matches(@"^1m is stable again\. It had been failing for .*, with [345] restarts\.", alerts[1]);
    }
}
