using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Tests.Commands;
using ExtGap.Supervisor.Tests.Configuration;

namespace ExtGap.Supervisor.Tests.Setup;

public sealed class Scripts : IDisposable
{
    private readonly ConfigurationFolder _folder = new();
    private readonly FakeSupervisor _supervisor = new();
    private readonly FakeBot _bot = new();

    [Fact(Timeout = 20_000)]
    public async Task Without_a_terminal_all_that_is_missing_or_wrong_is_listed()
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(TestContext.Current.CancellationToken, "--timeframe", "7m", "--telegram-chat", "nobody"));

        Assert.StartsWith("There is no terminal to ask on, and these are missing:\n  --symbol: ", _supervisor.Error, StringComparison.Ordinal);
        Assert.Contains("\n  TELEGRAM_BOT_TOKEN in the environment, or --token-stdin (or --no-telegram): ", _supervisor.Error, StringComparison.Ordinal);
        Assert.Contains("\n--timeframe: '7m' is not a timeframe.\n--telegram-chat: 'nobody' is no chat.\n", _supervisor.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    [Theory(Timeout = 20_000)]
    [InlineData("refused", ExitCode.Configuration)]
    [InlineData("unreachable", ExitCode.Failure)]
    public async Task What_is_not_found_good_is_not_written(string outcome, int exitCode)
    {
        _bot.Outcome = (test, _) => test == "symbol" ? outcome : "ok";

        Assert.Equal(exitCode, await RunAsync(TestContext.Current.CancellationToken, "--symbol", "BTCUSDT", "--timeframe", "3m", "--no-telegram"));
        Assert.StartsWith("Nothing was written", _supervisor.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));

        Assert.Equal(ExitCode.Success, await RunAsync(TestContext.Current.CancellationToken, "--symbol", "BTCUSDT", "--timeframe", "3m", "--no-telegram", "--offline"));
        Assert.Equal("3m", Assert.Single(SupervisorFile.Load(_folder.File).Programs).Name);
    }

    [Fact(Timeout = 20_000)]
    public async Task What_there_is_is_replaced_by_force_only_and_before_anybody_is_asked()
    {
        _folder.Write("supervisor.json", "broken");
        _supervisor.Variables["TELEGRAM_BOT_TOKEN"] = "4242:secret";
        _supervisor.Variables["TELEGRAM_CHAT_IDS"] = "7";

        Assert.Equal(ExitCode.Usage, await RunAsync(TestContext.Current.CancellationToken, "--symbol", "BTCUSDT", "--timeframe", "3m"));
        Assert.Equal($"There is {_folder.File} already: --force replaces it and keeps a copy.\n", _supervisor.Error);
        Assert.DoesNotContain(_bot.Probes, probe => probe.Tests != OnlineTests.None);

        Assert.Equal(ExitCode.Success, await RunAsync(TestContext.Current.CancellationToken, "--symbol", "BTCUSDT", "--timeframe", "3m", "--force"));
        Assert.Equal("broken", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.Root, "*.bak-*")), TestContext.Current.CancellationToken));
        Assert.EndsWith("TELEGRAM_BOT_TOKEN=4242:secret\nTELEGRAM_CHAT_IDS=7\n", await File.ReadAllTextAsync(_folder[".env"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory(Timeout = 20_000)]
    [InlineData("--token")]
    [InlineData("--telegram-token")]
    public async Task A_token_on_the_command_line_is_refused_and_not_repeated(string option)
    {
        foreach (var arguments in new string[][] { [option, "4242:secret"], [$"{option}=4242:secret"] })
        {
            Assert.Equal(ExitCode.Usage, await RunAsync(TestContext.Current.CancellationToken, arguments));
        }

        Assert.StartsWith($"There is no {option}: every user of this machine can read a command line", _supervisor.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("4242", _supervisor.Output + _supervisor.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20_000)]
    public async Task An_env_file_that_cant_be_read_is_not_touched()
    {
        _folder.Write(".env", "what is this");

        Assert.Equal(ExitCode.Configuration, await RunAsync(TestContext.Current.CancellationToken, "--symbol", "BTCUSDT", "--timeframe", "3m", "--no-telegram", "--force"));
        Assert.Equal([_folder[".env"]], Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void A_probe_is_judged_by_its_own_values_alone()
    {
        var inherited = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = "/bin",
            ["EXTGAP_API_URL"] = "http://127.0.0.1:1",
            ["EXTGAP_SYMBOL"] = "OTHER",
            ["TELEGRAM_BOT_TOKEN_EXTGAP_3M"] = "1:other",
        };
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["EXTGAP_SYMBOL"] = "BTCUSDT" };

        Assert.Equal(
            [("EXTGAP_API_URL", null), ("EXTGAP_ENV_FILE", "/dev/null"), ("EXTGAP_SYMBOL", "BTCUSDT"), ("TELEGRAM_BOT_TOKEN_EXTGAP_3M", (string?)null)],
            Changes(OnlineTests.None));
        Assert.Equal([("EXTGAP_ENV_FILE", "/dev/null"), ("EXTGAP_SYMBOL", "BTCUSDT"), ("TELEGRAM_BOT_TOKEN_EXTGAP_3M", (string?)null)], Changes(OnlineTests.Ask));

        IEnumerable<(string, string?)> Changes(OnlineTests tests) =>
            new Supervisor.Setup.BotProbe(variables, tests).ChangesTo(inherited).Select(change => (change.Key, change.Value)).OrderBy(change => change.Key, StringComparer.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(CancellationToken cancellationToken, params string[] options)
    {
        var surroundings = _supervisor.Surroundings() with { Load = SupervisorFile.Load, ProbeBotAsync = _bot.AnswerAsync };
        return CommandLine.RunAsync(["init", "--config", _folder.File, .. options], surroundings, cancellationToken);
    }
}
