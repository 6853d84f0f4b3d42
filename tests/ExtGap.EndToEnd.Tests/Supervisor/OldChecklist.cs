using System.Text;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>What was tried by hand after each deployment of the bots that these replace.</summary>
public sealed class OldChecklist
{
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(10);

    [Fact(Timeout = 180_000)]
    public async Task Three_bots_start_survive_a_kill_stop_cleanly_and_go_on_where_they_were()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await DeployedMarket.PlayAsync(cancellationToken);
        await using var deployment = DeployedMarket.Deploy(exchange);

        var asked = TimeProvider.System.GetTimestamp();
        await deployment.RunAsync(0, cancellationToken, "start-all");
        var startTook = TimeProvider.System.GetElapsedTime(asked);
        var before = (await deployment.StatusAsync(cancellationToken))!;
        Assert.Equal(["RUNNING", "RUNNING", "RUNNING"], before.States);
        await WaitForMessagesAsync(exchange, "▶️ <b>Started</b>", 3, cancellationToken);
        await AssertNotOnCommandLinesAsync([before.SupervisorPid, .. before.Pids], cancellationToken);

        await KillAsync(deployment, before, startTook, cancellationToken);
        await WaitForMessagesAsync(exchange, "▶️ <b>Started</b>", 4, cancellationToken);
        await DeployedMarket.HoldAtAsync(150, exchange, deployment, cancellationToken);

        await StopAsync(deployment, exchange, cancellationToken);
        Assert.Contains("No supervisor runs", await deployment.RunAsync(4, cancellationToken, "status"), StringComparison.Ordinal);
        await exchange.ClearFaultsAsync(cancellationToken);

        await deployment.RunAsync(0, cancellationToken, "start-all");
        var started = await WaitForMessagesAsync(exchange, "▶️ <b>Started</b>", 7, cancellationToken);
        Assert.All(started.TakeLast(3), message => Assert.Contains("Continued: last candle closed 2025-01-0", message.Text, StringComparison.Ordinal));
        await DeployedMarket.CheckAsync(deployment, cancellationToken);
        await deployment.RunAsync(0, cancellationToken, "stop-all");
        await WaitForMessagesAsync(exchange, "⏹️ <b>Stopped</b>", 6, cancellationToken);
        await deployment.WaitForEndAsync(cancellationToken);
        AssertNoErrors(deployment);
        AssertNowhere(deployment);
    }

    private static async Task KillAsync(Deployment deployment, DeploymentStatus before, TimeSpan startTook, CancellationToken cancellationToken)
    {
        var killed = TimeProvider.System.GetTimestamp();
        Signals.Send(before.PidOf("3m")!.Value, Signals.Kill);
        var after = await deployment.WaitForAsync(status => status.StateOf("3m") == "RUNNING" && status.PidOf("3m") != before.PidOf("3m"), cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(killed);
        TestContext.Current.TestOutputHelper?.WriteLine($"RUNNING again {took.TotalSeconds:F1} s after kill -9.");

        // Other tests may make the machine so busy that no bot starts within the limit: then the first start took as long.
        Assert.True(took < RestartLimit || took < 2 * startTook, $"It took {took}, the first start {startTook}.");
        Assert.Equal(1, after["3m"]["restarts"]!.GetValue<int>());
        Assert.Equal("killed by SIGKILL", after["3m"]["lastExit"]!.GetValue<string>());
        Assert.Equal(before.Pids.Skip(1), after.Pids.Skip(1));
    }

    private static async Task StopAsync(Deployment deployment, ExchangeProcess exchange, CancellationToken cancellationToken)
    {
        var closed = (await exchange.ReadControlAsync(cancellationToken)).GetProperty("closedConnections").GetInt32();
        var asked = TimeProvider.System.GetTimestamp();
        await deployment.RunAsync(0, cancellationToken, "stop-all");
        var took = TimeProvider.System.GetElapsedTime(asked);
        TestContext.Current.TestOutputHelper?.WriteLine($"Stopped within {took.TotalSeconds:F1} s.");
        Assert.True(took < TimeSpan.FromSeconds(30), $"It took {took}.");
        await WaitForMessagesAsync(exchange, "⏹️ <b>Stopped</b>", 3, cancellationToken);

        // The one that was killed is the only one that left without a close frame.
        var ends = await exchange.WaitForAsync(state => state.GetProperty("clients").GetInt32() == 0, cancellationToken);
        Assert.Equal((closed + 3, 1), (ends.GetProperty("closedConnections").GetInt32(), ends.GetProperty("lostConnections").GetInt32()));
    }

    private static async Task<IReadOnlyList<ChatMessage>> WaitForMessagesAsync(ExchangeProcess exchange, string start, int count, CancellationToken cancellationToken)
    {
        var found = Find(await ChatMessage.WaitForAsync(exchange, messages => Find(messages).Count >= count, cancellationToken));
        Assert.True(count == found.Count, string.Join('\n', found));
        return found;

        // The kill may come before the bot has noted that its last message arrived: that one is told again, word for word.
        List<ChatMessage> Find(IEnumerable<ChatMessage> messages) =>
            [.. messages.Where(message => message.Text.StartsWith(start, StringComparison.Ordinal)).DistinctBy(message => message.Text)];
    }

    private static async Task AssertNotOnCommandLinesAsync(IEnumerable<int> pids, CancellationToken cancellationToken)
    {
        foreach (var pid in pids)
        {
            Assert.DoesNotContain(Telegram.Secret, await File.ReadAllTextAsync($"/proc/{pid}/cmdline", cancellationToken), StringComparison.Ordinal);
        }
    }

    private static void AssertNoErrors(Deployment deployment)
    {
        Assert.All(DeployedMarket.Timeframes, timeframe =>
        {
            Assert.Equal(string.Empty, deployment.Log(timeframe, "stderr"));
            AssertNoErrors(deployment.Log(timeframe));
        });
        AssertNoErrors(deployment.SupervisorLog);
    }

    private static void AssertNoErrors(string log)
    {
        Assert.NotEqual(string.Empty, log);
        Assert.DoesNotContain(log.Split('\n'), line => line.Contains("ERROR", StringComparison.Ordinal) || line.Contains("CRIT", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }

    private static void AssertNowhere(Deployment deployment)
    {
        var secret = Encoding.UTF8.GetBytes(Telegram.Secret);
        var files = Directory.EnumerateFiles(deployment.Folder, "*", SearchOption.AllDirectories).Where(path => path != deployment[".env"]).ToList();
        Assert.True(files.Count > 15, string.Join('\n', files));
        Assert.All(files, path => Assert.True(File.ReadAllBytes(path).AsSpan().IndexOf(secret) < 0, path));
    }
}
