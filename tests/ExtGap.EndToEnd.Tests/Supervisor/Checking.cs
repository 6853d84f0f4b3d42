using System.Text.Json.Nodes;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Supervisor;

/// <summary><c>extgap check</c>, with the bot that alone knows its options; and what start-all says of missing credentials.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class Checking
{
    private static readonly string[] AllLevels =
    [
        $"TELEGRAM_BOT_TOKEN={Telegram.Token}",
        "TELEGRAM_CHAT_IDS=1001",
        $"TELEGRAM_BOT_TOKEN_EXTGAP_3M={Telegram.Token}",
        "TELEGRAM_CHAT_IDS_EXTGAP_3M=1001,1002",
    ];

    [Fact(Timeout = 60_000)]
    public async Task A_valid_configuration_is_told_with_the_level_of_each_bots_credentials()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var deployment = Of(("3m", "3m"), ("15m", "15m"));
        var without = await deployment.RunAsync(0, cancellationToken, "check");
        Assert.Matches("(?m)^3m +off +", without);
        Assert.Contains("The supervisor's alerts: off", without, StringComparison.Ordinal);

        await File.WriteAllLinesAsync(deployment[".env"], AllLevels, cancellationToken);
        var with = await deployment.RunAsync(0, cancellationToken, "check");
        Assert.Matches("(?m)^3m +TELEGRAM_BOT_TOKEN_EXTGAP_3M, 2 chats +", with);
        Assert.Matches("(?m)^15m +TELEGRAM_BOT_TOKEN, 1 chat +", with);
        Assert.Contains("The supervisor's alerts: on.", with, StringComparison.Ordinal);
        var json = await deployment.RunAsync(0, cancellationToken, "check", "--json");
        Assert.Equal("TELEGRAM_BOT_TOKEN_EXTGAP_3M", JsonNode.Parse(json)!["programs"]![0]!["credentials"]!.GetValue<string>());
        Assert.DoesNotContain(Telegram.Secret, without + with + json, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Options_that_only_the_bot_can_judge_are_told_for_each_program()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var deployment = Of(("good", "3m"), ("odd", "7x"), ("coarse", "2d"));
        var run = await deployment.RunAsync(78, cancellationToken, "check");
        Assert.Contains("programs.odd: ", run, StringComparison.Ordinal);
        Assert.Contains("7x", run, StringComparison.Ordinal);
        Assert.DoesNotContain("programs.good: ", run, StringComparison.Ordinal);
        Assert.DoesNotContain("is valid", run, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("TELEGRAM_BOT_TOKEN 4242:a-token-that-must-appear-nowhere")]
    [InlineData("TELEGRAM_BOT_TOKEN=a-token-that-must-appear-nowhere\nTELEGRAM_CHAT_IDS=1001")]
    [InlineData("TELEGRAM_BOT_TOKEN=4242:a-token-that-must-appear-nowhere\nTELEGRAM_CHAT_IDS=nobody")]
    public async Task A_broken_env_file_is_told_without_the_token(string content)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var deployment = Of(("3m", "3m"), ("15m", "15m"));
        await File.WriteAllTextAsync(deployment[".env"], content + "\n", cancellationToken);
        var run = await deployment.RunAsync(78, cancellationToken, "check");
        Assert.Contains(".env", run, StringComparison.Ordinal);
        Assert.Contains("programs.3m: ", run, StringComparison.Ordinal);
        Assert.Contains("programs.15m: ", run, StringComparison.Ordinal);
        Assert.DoesNotContain(Telegram.Secret, run, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Secrets_that_other_users_can_read_are_warned_of()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var deployment = Of(("3m", "3m"));
        await File.WriteAllLinesAsync(deployment[".env"], AllLevels, cancellationToken);
        File.SetUnixFileMode(deployment[".env"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains($"Warning: Other users of this machine can read or change {deployment[".env"]}, which has the secrets: chmod 600 ", await deployment.RunAsync(0, cancellationToken, "check"), StringComparison.Ordinal);

        File.SetUnixFileMode(deployment[".env"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.DoesNotContain("Warning", await deployment.RunAsync(0, cancellationToken, "check"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Start_all_warns_of_each_bot_that_can_send_no_messages()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", "TESTUSDT");
        await using var deployment = Deployment.OfBots(exchange, "TESTUSDT", ["3m", "15m", "1h"]);
        await File.WriteAllLinesAsync(deployment[".env"], AllLevels[2..], cancellationToken);

        var run = await deployment.RunAsync(0, cancellationToken, "start-all");

        Assert.Contains("Warning: 15m has no Telegram credentials: set TELEGRAM_BOT_TOKEN_EXTGAP_15M and TELEGRAM_CHAT_IDS_EXTGAP_15M", run, StringComparison.Ordinal);
        Assert.Contains("Warning: 1h has no Telegram credentials: set TELEGRAM_BOT_TOKEN_EXTGAP_1H and TELEGRAM_CHAT_IDS_EXTGAP_1H", run, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning: 3m", run, StringComparison.Ordinal);
        await deployment.RunAsync(0, cancellationToken, "stop-all");
    }

    private static Deployment Of(params IEnumerable<(string Name, string Timeframe)> bots)
    {
        var programs = new JsonObject();
        foreach (var (name, timeframe) in bots)
        {
            programs[name] = new JsonObject { ["bot"] = new JsonObject { ["symbol"] = "TESTUSDT", ["timeframe"] = timeframe } };
        }

        return new(new JsonObject { ["programs"] = programs });
    }
}
