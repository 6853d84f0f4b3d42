using System.Text.Json;
using ExtGap.Supervisor.Commands;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class Checks
{
    private readonly FakeSupervisor _supervisor = new()
    {
        CheckBot = (program, _) => Task.FromResult(new BotCheckOutcome(
            new(1, ["BTCUSDT"], program.Name, "/data", program.Name == "3m" ? new("TELEGRAM_BOT_TOKEN_EXTGAP_3M", 2) : null, Alerts: false), null)),
    };

    [Fact(Timeout = 10_000)]
    public async Task A_valid_configuration_is_told_program_by_program()
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("check --config /etc/extgap/supervisor.json", TestContext.Current.CancellationToken));

        Assert.Equal(
            """
            PROGRAM  CREDENTIALS                            RUNS
            3m       TELEGRAM_BOT_TOKEN_EXTGAP_3M, 2 chats  extgap-bot: BTCUSDT 3m into /data
            15m      off                                    extgap-bot: BTCUSDT 15m into /data
            backup   -                                      backup.sh --every 1h (does not start by itself)
            The supervisor's alerts: off; set TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_IDS in .env to hear of crash loops and stale feeds.
            /etc/extgap/supervisor.json is valid: 3 programs.

            """,
            _supervisor.Output,
            ignoreLineEndingDifferences: true);
    }

    [Fact(Timeout = 10_000)]
    public async Task What_a_bot_refuses_makes_it_78()
    {
        var check = _supervisor.CheckBot;
        _supervisor.CheckBot = (program, token) => program.Name == "15m" ? Task.FromResult(new BotCheckOutcome(null, "--replay: 'true' is no folder.\n--symbol: 'BTC' is none.")) : check(program, token);

        Assert.Equal(ExitCode.Configuration, await _supervisor.RunAsync("check", TestContext.Current.CancellationToken));

        Assert.Equal("programs.15m: --replay: 'true' is no folder.\nprograms.15m: --symbol: 'BTC' is none.\n", _supervisor.Error);
        Assert.Contains("extgap-bot --symbol BTCUSDT --timeframe 15m --replay\n", _supervisor.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is valid", _supervisor.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task All_faults_of_the_file_are_told()
    {
        _supervisor.LoadFault = "supervisor.json:3: one\nsupervisor.json:9: another";

        Assert.Equal(ExitCode.Configuration, await _supervisor.RunAsync("check", TestContext.Current.CancellationToken));
        Assert.Equal("supervisor.json:3: one\nsupervisor.json:9: another\n", _supervisor.Error);
    }

    [Fact(Timeout = 10_000)]
    public async Task What_a_bot_needs_and_does_not_find_is_a_fault_of_each_program()
    {
        _supervisor.CheckBot = (_, _) => throw new SupervisorException(ExitCode.Configuration, "there is no extgap-bot");

        Assert.Equal(ExitCode.Configuration, await _supervisor.RunAsync("check", TestContext.Current.CancellationToken));
        Assert.Equal("programs.3m: there is no extgap-bot\nprograms.15m: there is no extgap-bot\n", _supervisor.Error);
    }

    [Fact(Timeout = 10_000)]
    public async Task The_same_as_json()
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("check --json", TestContext.Current.CancellationToken));

        var report = JsonSerializer.Deserialize(_supervisor.Output, VerbJson.Default.CheckReport)!;
        Assert.Equal((true, 3, 2, false), (report.Valid, report.Programs.Count, report.Programs[0].Chats, report.Alerts));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_bot_that_answers_is_believed()
    {
        var outcome = await RunAsync("""printf '{"version":1,"symbols":["BTCUSDT"],"timeframe":"3m","dataDirectory":"%s","notifications":{"level":"T","chats":2},"alerts":true}' "$FOLDER" """, TestContext.Current.CancellationToken);

        Assert.Null(outcome.Fault);
        Assert.Equal(("/data", 2, true), (outcome.Check!.DataDirectory, outcome.Check.Notifications!.Chats, outcome.Check.Alerts));
    }

    [Theory(Timeout = 20_000)]
    [InlineData("echo '--symbol: no' >&2; exit 64", "--symbol: no")]
    [InlineData("exit 3", "its check ended with exit code 3 and no word.")]
    [InlineData("echo '{}'", "/bin/sh check has answered what this supervisor does not understand: are both of the same version?")]
    public async Task A_bot_that_complains_is_quoted(string script, string expected) => Assert.Equal(expected, (await RunAsync(script, TestContext.Current.CancellationToken)).Fault);

    [Fact(Timeout = 20_000)]
    public async Task A_missing_bot_is_told() =>
        Assert.StartsWith("/no/extgap-bot can't be run: ", (await BotCheckRun.RunAsync(Command("/no/extgap-bot", ""), TimeProvider.System, TestContext.Current.CancellationToken)).Fault, StringComparison.Ordinal);

    [Fact(Timeout = 20_000)]
    public async Task A_bot_that_hangs_is_given_up()
    {
        var time = new FakeTimeProvider();
        var running = BotCheckRun.RunAsync(Command("/bin/sh", "exec sleep 1000"), time, TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("/bin/sh check did not end within 20 s: it hangs, or the machine is overloaded.", (await running).Fault);
    }

    private static Task<BotCheckOutcome> RunAsync(string script, CancellationToken cancellationToken) => BotCheckRun.RunAsync(Command("/bin/sh", script), TimeProvider.System, cancellationToken);

    private static CheckCommand Command(string path, string script) => new(path, ["-c", script], "/", new Dictionary<string, string?> { ["FOLDER"] = "/data" });
}
