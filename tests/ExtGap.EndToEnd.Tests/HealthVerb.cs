using System.Text.Json;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests;

/// <summary><c>extgap-bot health</c> on bots that run, are killed, and never ran.</summary>
public sealed class HealthVerb
{
    [Fact(Timeout = 60_000)]
    public async Task A_running_bot_is_healthy_until_it_is_killed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        string[] options = ["--timeframe", "3m", "--data-directory", folder.Path];
        var none = await BotRun.OfAsync(cancellationToken, ["health", .. options]);
        none.AssertRefused(1, "WRONG  bot", "no bot runs on the ledger", folder["btcusdt_3m.db"], "start it");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));

        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", "BTCUSDT");
        await using var bot = ChildProcess.Start("extgap-bot", [.. options, .. exchange.BotOptions]);
        await WaitForLiveFeedAsync(folder["btcusdt_3m.status.json"], cancellationToken);
        var healthy = await BotRun.OfAsync(cancellationToken, ["health", .. options]);
        Assert.True(healthy.ExitCode == 0, healthy.Output);
        Assert.Contains($"ok     bot      runs as process {bot.Id}", healthy.Output, StringComparison.Ordinal);
        Assert.Equal(4, healthy.Output.Split('\n').Length);

        bot.Signal(9);
        await bot.WaitForExitAsync(cancellationToken);
        var dead = await BotRun.OfAsync(cancellationToken, ["health", "--json", .. options]);
        Assert.Equal(1, dead.ExitCode);
        var json = JsonDocument.Parse(dead.Output).RootElement;
        Assert.False(json.GetProperty("healthy").GetBoolean());
        Assert.Equal(["bot", "status", "feed", "candles"], json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!), StringComparer.Ordinal);
        Assert.Equal(bot.Id, json.GetProperty("status").GetProperty("pid").GetInt32());
    }

    [Fact(Timeout = 30_000)]
    public async Task Wrong_usage_has_its_own_exit_code()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        (await BotRun.OfAsync(cancellationToken, "health")).AssertRefused(64, "--timeframe is needed");
        (await BotRun.OfAsync(cancellationToken, "health", "--timeframe", "3m", "--loud")).AssertRefused(64, "'--loud'");
    }

    private static Task WaitForLiveFeedAsync(string path, CancellationToken cancellationToken) => Waiting.UntilAsync(
        () => File.Exists(path) && File.ReadAllText(path).Contains("\"live\"", StringComparison.Ordinal), () => $"{path} tells of no live feed.", cancellationToken);
}
