using System.Text.Json;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests;

/// <summary><c>extgap-bot check</c>: what a start would say, without starting.</summary>
public sealed class CheckVerb : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = 30_000)]
    public async Task A_bot_without_credentials_is_told_which_variables_would_turn_notifications_on()
    {
        var run = await CheckAsync([], TestContext.Current.CancellationToken, "--timeframe", "60m", "--symbol", "BTCUSDT,ETHUSDT", "--data-directory", _folder["data"]);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("BTCUSDT, ETHUSDT 1h, group algorithm", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "off; to turn them on, set TELEGRAM_BOT_TOKEN_EXTGAP_1H and TELEGRAM_CHAT_IDS_EXTGAP_1H, or TELEGRAM_BOT_TOKEN_EXTGAP_DETECTOR and TELEGRAM_CHAT_IDS_EXTGAP_DETECTOR, or TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_IDS",
            run.Output,
            StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("", false, null, 0)]
    [InlineData("TELEGRAM_BOT_TOKEN=7:x TELEGRAM_CHAT_IDS=1,2", true, "TELEGRAM_BOT_TOKEN", 2)]
    [InlineData("TELEGRAM_BOT_TOKEN_EXTGAP_3M=7:x TELEGRAM_CHAT_IDS_EXTGAP_3M=1 TELEGRAM_BOT_TOKEN=7:x TELEGRAM_CHAT_IDS=1,2", true, "TELEGRAM_BOT_TOKEN_EXTGAP_3M", 1)]
    [InlineData("TELEGRAM_BOT_TOKEN_EXTGAP_DETECTOR=7:x TELEGRAM_CHAT_IDS_EXTGAP_DETECTOR=1 TELEGRAM_BOT_TOKEN_EXTGAP_3M=7:x", false, "TELEGRAM_BOT_TOKEN_EXTGAP_DETECTOR", 1)]
    [InlineData("TELEGRAM_BOT_TOKEN_EXTGAP_3M=7:x TELEGRAM_CHAT_IDS_EXTGAP_3M=1 TELEGRAM_BOT_TOKEN=none TELEGRAM_CHAT_IDS=1,2", false, "TELEGRAM_BOT_TOKEN_EXTGAP_3M", 1)]
    [InlineData("TELEGRAM_BOT_TOKEN_EXTGAP_15M=7:x TELEGRAM_CHAT_IDS_EXTGAP_15M=1", false, null, 0)]
    public async Task Json_tells_the_level_of_the_credentials_and_whether_there_are_some_for_alerts(string variables, bool alerts, string? level, int chats)
    {
        var run = await CheckAsync(variables.Split(' ', StringSplitOptions.RemoveEmptyEntries), TestContext.Current.CancellationToken, "--timeframe", "3m", "--data-directory", _folder["data"], "--json");

        Assert.True(run.ExitCode == 0, run.Output);
        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, json.GetProperty("version").GetInt32());
        Assert.Equal("BTCUSDT", Assert.Single(json.GetProperty("symbols").EnumerateArray()).GetString());
        Assert.Equal(("3m", _folder["data"]), (json.GetProperty("timeframe").GetString(), json.GetProperty("dataDirectory").GetString()));
        Assert.Equal(alerts, json.GetProperty("alerts").GetBoolean());
        var notifications = json.GetProperty("notifications");
        Assert.Equal(
            (level, chats),
            notifications.ValueKind == JsonValueKind.Null ? (null, 0) : (notifications.GetProperty("level").GetString(), notifications.GetProperty("chats").GetInt32()));
    }

    [Fact(Timeout = 30_000)]
    public async Task It_ends_as_the_bot_would_with_every_fault_and_no_secret()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        string[] options = ["--timeframe", "7m", "--notional", "-5"];
        var check = await CheckAsync(["TELEGRAM_BOT_TOKEN=hunter2", "TELEGRAM_CHAT_IDS=1"], cancellationToken, options);
        check.AssertRefused(64, "'7m' is not a timeframe", "a notional of -5");
        Assert.Equal((await BotRun.OfAsync(cancellationToken, options)).Output, check.Output);

        var token = await CheckAsync(["TELEGRAM_BOT_TOKEN=hunter2", "TELEGRAM_CHAT_IDS=1"], cancellationToken, "--timeframe", "3m", "--json");
        token.AssertRefused(78, "TELEGRAM_BOT_TOKEN: this is no token");
        Assert.DoesNotContain("hunter2", token.Output, StringComparison.Ordinal);
        (await CheckAsync([], cancellationToken, "--timeframe", "3m", "--env-file", "/nowhere/.env")).AssertRefused(78, "/nowhere/.env");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_supervisor_that_asks_is_told_of_a_bot_that_would_start_anew_at_each_restart()
    {
        var run = await CheckAsync(["EXTGAP_LIFELINE=stdin", "EXTGAP_FRESH=true"], TestContext.Current.CancellationToken, "--timeframe", "3m", "--json");
        run.AssertRefused(78, "EXTGAP_FRESH: a bot under a supervisor would start anew at each restart");
    }

    [Fact(Timeout = 30_000)]
    public async Task Half_of_a_pair_is_named()
    {
        var run = await CheckAsync(["TELEGRAM_BOT_TOKEN_EXTGAP_3M=7:x"], TestContext.Current.CancellationToken, "--timeframe", "3m");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("TELEGRAM_BOT_TOKEN_EXTGAP_3M is not used: its other half", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("7:x", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<BotRun> CheckAsync(IEnumerable<string> variables, CancellationToken cancellationToken, params IEnumerable<string> options) =>
        BotRun.OfAsync(variables.Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal), cancellationToken, ["check", .. options]);
}
