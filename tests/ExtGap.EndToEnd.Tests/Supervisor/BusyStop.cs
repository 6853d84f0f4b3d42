using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary>A stop at a bad moment.</summary>
public sealed class BusyStop
{
    private const string Symbol = "TESTUSDT";

    [Fact(Timeout = 90_000)]
    public async Task Bots_in_a_backlog_whose_Telegram_does_not_answer_stop_cleanly_within_their_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", Symbol, "--start", "2025-06-01", "--fault", "telegram-no-answer", "rest-slow=300ms");
        await using var deployment = Deployment.OfBots(exchange, Symbol, ["1m", "3m", "15m"], null, ("since", "2025-03-10")).WithTelegram(exchange);
        await deployment.RunAsync(0, cancellationToken, "start-all");
        await Waiting.UntilAsync(() => Results.CountGaps(deployment.DataFolder, Symbol, "1m") > 0, deployment.ToString, cancellationToken);

        var asked = TimeProvider.System.GetTimestamp();
        var run = await deployment.RunAsync(0, cancellationToken, "stop-all");

        var took = TimeProvider.System.GetElapsedTime(asked);
        TestContext.Current.TestOutputHelper?.WriteLine($"Stopped within {took.TotalSeconds:F1} s.");
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}: {run}");
        Assert.All(["1m", "3m", "15m"], name => Assert.Contains($"{name}: STOPPED, exit code 0", run, StringComparison.Ordinal));
        Assert.DoesNotContain("candles caught up", deployment.Log("1m"), StringComparison.Ordinal);
    }
}
