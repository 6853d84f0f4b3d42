using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class OnlineChecks
{
    private readonly FakeSupervisor _supervisor = new();

    [Theory(Timeout = 10_000)]
    [InlineData(ExitCode.Success, "ok", "ok")]
    [InlineData(ExitCode.Failure, "ok", "unreachable")]
    [InlineData(ExitCode.Configuration, "refused", "unreachable")]
    public async Task Each_programs_tests_are_told_and_the_worst_decides(int exitCode, string first, string second)
    {
        _supervisor.CheckBot = (program, _) => Task.FromResult(Outcome(program.Name, "TELEGRAM_BOT_TOKEN", program.Name == "3m" ? first : second));

        Assert.Equal(exitCode, await _supervisor.RunAsync("check --online", TestContext.Current.CancellationToken));
        Assert.Contains($"\nPROGRAM  TEST    OF       RESULT\n3m       symbol  BTCUSDT  {Word(first)}: so it is\n15m      symbol  BTCUSDT  {Word(second)}: so it is\n", _supervisor.Output, StringComparison.Ordinal);
        Assert.All(_supervisor.CheckedOnline, check => Assert.Equal(OnlineTests.Ask, check.Tests));
    }

    [Theory(Timeout = 10_000)]
    [InlineData("T", "T", false)]
    [InlineData("T_3M", "T_15M", true)]
    public async Task Chats_that_programs_share_get_one_message(string first, string second, bool isSecondSent)
    {
        _supervisor.CheckBot = (program, _) => Task.FromResult(Outcome(program.Name, program.Name == "3m" ? first : second, "ok"));

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("check --online --send-test-message", TestContext.Current.CancellationToken));
        Assert.Equal([("15m", isSecondSent ? OnlineTests.AskAndSend : OnlineTests.Ask), ("3m", OnlineTests.AskAndSend)], _supervisor.CheckedOnline.Where(check => check.Tests != OnlineTests.None).Order());
    }

    [Fact(Timeout = 10_000)]
    public async Task A_message_without_the_rest_is_wrong_usage()
    {
        Assert.Equal(ExitCode.Usage, await _supervisor.RunAsync("check --send-test-message", TestContext.Current.CancellationToken));
        Assert.StartsWith("--send-test-message goes with --online only.", _supervisor.Error, StringComparison.Ordinal);
    }

    private static BotCheckOutcome Outcome(string timeframe, string level, string outcome) =>
        new(new(1, ["BTCUSDT"], timeframe, "/data", new(level, 1), Alerts: true, [new("symbol", "BTCUSDT", outcome, "so it is")]), null);

    private static string Word(string outcome) => outcome switch { "ok" => "ok", "refused" => "WRONG", _ => "NO ANSWER" };
}
