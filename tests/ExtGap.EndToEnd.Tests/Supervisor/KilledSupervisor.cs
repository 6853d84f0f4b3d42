using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>A supervisor that dies by kill -9: its bots leave cleanly, and the next one goes on.</summary>
public sealed class KilledSupervisor
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact(Timeout = 180_000)]
    public async Task All_bots_leave_cleanly_within_5_s_and_the_next_supervisor_goes_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await DeployedMarket.PlayAsync(cancellationToken);
        await using var deployment = DeployedMarket.Deploy(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await DeployedMarket.HoldAtAsync(150, exchange, deployment, cancellationToken);
        var status = (await deployment.StatusAsync(cancellationToken))!;

        var killed = TimeProvider.System.GetTimestamp();
        Signals.Send(status.SupervisorPid, Signals.Kill);
        await Waiting.UntilAsync(() => !status.Pids.Any(Signals.IsAlive), deployment.ToString, cancellationToken);

        var took = TimeProvider.System.GetElapsedTime(killed);
        TestContext.Current.TestOutputHelper?.WriteLine($"All gone {took.TotalSeconds:F1} s after the supervisor's kill -9.");
        Assert.True(took < Limit, $"It took {took}.");
        await AssertLeftCleanlyAsync(deployment, exchange, cancellationToken);
        Assert.Contains("No supervisor runs", await deployment.RunAsync(4, cancellationToken, "status"), StringComparison.Ordinal);

        await exchange.ClearFaultsAsync(cancellationToken);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await DeployedMarket.CheckAsync(deployment, cancellationToken);
        await deployment.RunAsync(0, cancellationToken, "stop-all");
    }

    private static async Task AssertLeftCleanlyAsync(Deployment deployment, ExchangeProcess exchange, CancellationToken cancellationToken)
    {
        var goodbyes = (await ChatMessage.ReadAsync(exchange, cancellationToken)).Where(message => message.Text.Contains("\nThe supervisor is gone", StringComparison.Ordinal)).ToList();
        Assert.True(goodbyes.Count == 3, $"{goodbyes.Count} goodbyes:\n{deployment}");
        Assert.Equal((3, 0), await EndsAsync(exchange, cancellationToken));
        foreach (var timeframe in DeployedMarket.Timeframes)
        {
            Assert.Contains(goodbyes, message => message.Text.StartsWith($"⏹️ <b>Stopped</b> · {Conformance.Symbol} {timeframe}\n", StringComparison.Ordinal));
            var stats = await BotRun.OfAsync(cancellationToken, "stats", "--symbol", Conformance.Symbol, "--timeframe", timeframe, "--data-directory", deployment.DataFolder);
            Assert.True(stats.ExitCode == 0, stats.Output);
            Assert.Matches("Messages waiting +0", stats.Output);
        }
    }

    private static async Task<(int Closed, int Lost)> EndsAsync(ExchangeProcess exchange, CancellationToken cancellationToken)
    {
        var state = await exchange.WaitForAsync(state => state.GetProperty("clients").GetInt32() == 0, cancellationToken);
        return (state.GetProperty("closedConnections").GetInt32(), state.GetProperty("lostConnections").GetInt32());
    }
}
