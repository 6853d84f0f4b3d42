using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Refusals;

/// <summary>What can't work is refused at the start, with its exit code and a text that names the value and the remedy.</summary>
public sealed class RefusedOptionTests : IDisposable
{
    private const string Secret = "hunter2-is-no-token";

    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    private readonly TemporaryFolder _folder = new();

    /// <summary>Option, its value, exit code, and words that the text must have.</summary>
    public static TheoryData<string, string, int, string> Options => new()
    {
        { "--timeframe", "7m", 64, "'7m' is not a timeframe" },
        { "--notional", "-5", 64, "a notional of -5 must be above 0" },
        { "--entry-fee-rate", "3", 64, "a fee rate of 3 must be from 0 to 0.1" },
        { "--since", "-7d", 64, "'-7d' is neither a time" },
        { "--symbol", "@names", 64, "'@names' is not a symbol" },
        { "--env-file", "/nowhere/.env", 78, "The env file /nowhere/.env can't be used" },
        { "--colour", "red", 64, "'--colour'" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Options))]
    public async Task An_option_that_cant_work_is_refused(string option, string value, int exitCode, string text)
    {
        string[] timeframe = option == "--timeframe" ? [] : ["--timeframe", "3m"];
        var run = await RunAsync(NoVariables, TestContext.Current.CancellationToken, [.. timeframe, option, value]);
        run.AssertRefused(exitCode, text, option == "--env-file" ? value : option);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_missing_timeframe_is_asked_for()
    {
        var run = await RunAsync(NoVariables, TestContext.Current.CancellationToken);
        run.AssertRefused(64, "--timeframe is needed");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_wrong_value_from_the_environment_is_a_matter_of_configuration()
    {
        var run = await RunAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["EXTGAP_TIMEFRAME"] = "7m" }, TestContext.Current.CancellationToken);
        run.AssertRefused(78, "EXTGAP_TIMEFRAME: '7m' is not a timeframe", "1m 3m 5m");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_token_that_is_none_is_refused_and_shown_nowhere()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder["some.env"], $"TELEGRAM_CHAT_IDS=1\nTELEGRAM_BOT_TOKEN={Secret}\n", cancellationToken);
        var run = await RunAsync(NoVariables, cancellationToken, "--timeframe", "3m", "--log-level", "debug", "--env-file", _folder["some.env"]);
        run.AssertRefused(78, "TELEGRAM_BOT_TOKEN in the .env file: this is no token");
        Assert.DoesNotContain(Secret, run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_token_without_chats_is_named_and_the_bot_runs_without()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["TELEGRAM_BOT_TOKEN"] = "12345:" + Secret, ["TELEGRAM_CHAT_IDS"] = string.Empty };
        await using var bot = ChildProcess.Start("extgap-bot", variables, ["--timeframe", "3m", "--data-directory", _folder.Path, "--log-level", "debug", .. BotRun.Unreachable]);
        Assert.Contains("WARN", await bot.WaitForLineAsync("TELEGRAM_BOT_TOKEN", cancellationToken), StringComparison.Ordinal);
        await bot.WaitForLineAsync("new ledger", cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.DoesNotContain(Secret, bot.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_the_exchange_does_not_have_is_refused()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--symbol", "BTCUSDT");
        string[] common = ["--timeframe", "3m", "--data-directory", _folder.Path, .. exchange.BotOptions];
        (await BotRun.OfAsync(cancellationToken, [.. common, "--symbol", "BTCUSDT,NOSUCHUSDT"])).AssertRefused(78, "--symbol: the exchange has no NOSUCHUSDT", "BTCUSDT");
        (await BotRun.OfAsync(cancellationToken, [.. common, "--since", "2999-01-01"])).AssertRefused(78, "--since: 2999-01-01", "has yet to come");
    }

    [Theory(Timeout = 30_000)]
    [InlineData("gaps", "--last", "0", "'0' is not a number of rows")]
    [InlineData("stats", "--since", "then", "'then' is neither a time")]
    [InlineData("stats", "--last", "3", "'--last'")]
    [InlineData("gaps", "--symbol", "BTCUSDT,ETHUSDT", "name one of them")]
    public async Task A_verbs_option_that_cant_work_is_refused(string verb, string option, string value, string text)
    {
        var run = await BotRun.OfAsync(TestContext.Current.CancellationToken, [verb, "--timeframe", "3m", "--data-directory", _folder.Path, option, value]);
        run.AssertRefused(64, text, option);
    }

    private Task<BotRun> RunAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        BotRun.OfAsync(environment, cancellationToken, [.. arguments, "--data-directory", _folder.Path]);
}
