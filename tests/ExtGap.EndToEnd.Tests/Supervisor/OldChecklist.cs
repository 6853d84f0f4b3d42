using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>What was tried by hand after each deployment of the bots that these replace.</summary>
public sealed class OldChecklist
{
    private static readonly string[] Timeframes = ["3m", "15m", "1h"];

    [Fact(Timeout = 180_000)]
    public async Task Three_bots_start_survive_a_kill_stop_cleanly_and_go_on_where_they_were()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var deployment = Deployment.OfBots(exchange, Conformance.Symbol, Timeframes, null, ("since", "2025-01-01"), ("stats-interval", "24h")).WithTelegram();

        var started = await deployment.RunAsync(cancellationToken, "start-all");
        Assert.True(started.ExitCode == 0, started.Output);
        var before = (await deployment.StatusAsync(cancellationToken))!;
        Assert.All(before.States, state => Assert.Equal("RUNNING", state));
        await WaitForMessagesAsync(exchange, "started", 3, cancellationToken);

        Signals.Send(before.PidOf("3m")!.Value, 9);
        var after = await deployment.WaitForAsync(status => status.StateOf("3m") == "RUNNING" && status.PidOf("3m") != before.PidOf("3m"), cancellationToken);
        Assert.Equal(1, after["3m"]["restarts"]!.GetValue<int>());
        Assert.Equal(before.PidOf("15m"), after.PidOf("15m"));
        Assert.Equal(before.PidOf("1h"), after.PidOf("1h"));
        await WaitForMessagesAsync(exchange, "started", 4, cancellationToken);

        var stopped = await deployment.RunAsync(cancellationToken, "stop-all");
        Assert.True(stopped.ExitCode == 0, stopped.Output);
        await WaitForMessagesAsync(exchange, "stopped", 3, cancellationToken);
        Assert.Equal(4, (await deployment.RunAsync(cancellationToken, "status")).ExitCode);

        var again = await deployment.RunAsync(cancellationToken, "start-all");
        Assert.True(again.ExitCode == 0, again.Output);
        Assert.Equal(0, (await deployment.RunAsync(cancellationToken, "stop-all")).ExitCode);
        Assert.All(Timeframes, timeframe => Assert.Equal(string.Empty, deployment.Log(timeframe, "stderr")));
    }

    private static Task<ExchangeProcess> StartExchangeAsync(CancellationToken cancellationToken) => ExchangeProcess.StartAsync(
        cancellationToken, "--klines", $"{Conformance.Klines("ties-3m")}={Conformance.Symbol}", "--speed", "2000", "--update-interval", "30s");

    private static async Task WaitForMessagesAsync(ExchangeProcess exchange, string word, int count, CancellationToken cancellationToken) =>
        await ChatMessage.WaitForAsync(exchange, messages => messages.Count(message => message.Text.Contains(word, StringComparison.OrdinalIgnoreCase)) >= count, cancellationToken);
}
