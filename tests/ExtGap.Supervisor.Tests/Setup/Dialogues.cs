using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Setup;
using ExtGap.Supervisor.Tests.Commands;
using ExtGap.Supervisor.Tests.Configuration;

namespace ExtGap.Supervisor.Tests.Setup;

public sealed class Dialogues : IDisposable
{
    private const string Token = "4242:secret";

    private readonly ConfigurationFolder _folder = new();
    private readonly FakeSupervisor _supervisor = new();
    private readonly FakeBot _bot = new();

    [Fact(Timeout = 20_000)]
    public async Task Questions_are_asked_until_the_answers_are_good_and_then_the_files_are_written()
    {
        var prompts = new ScriptedPrompts("ethusdt", "7m", "3m, 60m", "y", Token, "nobody", "1001,@c");
        Assert.Equal(ExitCode.Success, await RunAsync(prompts, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["Symbols (BTCUSDT)", "Timeframes (3m,15m,1h)", "Timeframes (3m,15m,1h)", "Send messages to Telegram?", "Token of the Telegram bot ()", "Telegram chats ()", "Telegram chats ()"],
            prompts.Asked);
        Assert.Equal(["3m", "1h"], SupervisorFile.Load(_folder.File).Programs.Select(program => program.Name));
        Assert.EndsWith($"TELEGRAM_BOT_TOKEN={Token}\nTELEGRAM_CHAT_IDS=1001,@c\n", File.ReadAllText(_folder[".env"]), StringComparison.Ordinal);
        Assert.Contains("'7m' is not a timeframe.\n", _supervisor.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("EXTGAP_TIMEFRAME", _supervisor.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _supervisor.Output + _supervisor.Error, StringComparison.Ordinal);
        Assert.Equal([OnlineTests.Ask, OnlineTests.AskAndSend], _bot.Probes.Select(probe => probe.Tests).Where(tests => tests != OnlineTests.None));
    }

    [Fact(Timeout = 20_000)]
    public async Task What_exchange_and_Telegram_refuse_is_asked_again_and_no_message_is_sent_before()
    {
        _bot.Outcome = (test, subject) => (test, subject) is ("symbol", "XBT") or ("chat", "1") or ("message", "2") ? "refused" : "ok";
        var prompts = new ScriptedPrompts("XBT", "3m", "y", Token, "1", "BTCUSDT", "2", "3");

        Assert.Equal(ExitCode.Success, await RunAsync(prompts, TestContext.Current.CancellationToken));
        Assert.Equal(["Symbols (XBT)", "Telegram chats (1)", "Telegram chats (2)"], prompts.Asked[^3..]);
        Assert.Equal([OnlineTests.Ask, OnlineTests.Ask, OnlineTests.AskAndSend, OnlineTests.Ask, OnlineTests.AskAndSend], _bot.Probes.Select(probe => probe.Tests).Where(tests => tests != OnlineTests.None));
        Assert.EndsWith("TELEGRAM_CHAT_IDS=3\n", File.ReadAllText(_folder[".env"]), StringComparison.Ordinal);
    }

    [Theory(Timeout = 20_000)]
    [InlineData(true, "", "3m", "n", "n", "y")]
    [InlineData(false, "", "3m", "n", "n", "")]
    public async Task Where_nobody_answers_it_is_asked_whether_to_write_all_the_same(bool isWritten, params string[] lines)
    {
        _bot.Outcome = (_, _) => "unreachable";

        Assert.Equal(isWritten ? ExitCode.Success : ExitCode.Failure, await RunAsync(new ScriptedPrompts(lines), TestContext.Current.CancellationToken));
        Assert.Equal((isWritten, isWritten), (File.Exists(_folder.File), File.Exists(_folder[".env"])));
        Assert.Equal(!isWritten, _supervisor.Error.Contains("Nothing was written.", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20_000)]
    public async Task What_there_is_is_proposed_and_replaced_only_with_consent()
    {
        await RunAsync(null, TestContext.Current.CancellationToken, "--symbol", "ETHUSDT", "--timeframe", "3m", "--telegram-chat", "1", "--token-stdin", "--offline");
        var (json, env) = (await File.ReadAllTextAsync(_folder.File, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_folder[".env"], TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Success, await RunAsync(new ScriptedPrompts("", "", "", "", ""), TestContext.Current.CancellationToken));
        Assert.Contains("Everything is so already: nothing was written.", _supervisor.Output, StringComparison.Ordinal);

        var declined = new ScriptedPrompts("", "5m", "", "", "", "");
        Assert.Equal(ExitCode.Failure, await RunAsync(declined, TestContext.Current.CancellationToken));
        Assert.Equal($"Replace {_folder.File}? A copy of what there is will be kept.", declined.Asked[^1]);
        Assert.Contains($"{_folder.File}: programs 5m; new 5m; gone 3m.\n", _supervisor.Output, StringComparison.Ordinal);
        Assert.Equal((json, env, 2), (await File.ReadAllTextAsync(_folder.File, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_folder[".env"], TestContext.Current.CancellationToken), Directory.GetFiles(_folder.Root).Length));

        Assert.Equal(ExitCode.Success, await RunAsync(new ScriptedPrompts("", "5m", "", "", "", "y"), TestContext.Current.CancellationToken));
        Assert.Equal("5m", Assert.Single(SupervisorFile.Load(_folder.File).Programs).Name);
        Assert.Equal(json, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.Root, "supervisor.json.bak-*")), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_person_who_leaves_in_the_middle_leaves_nothing()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = RunAsync(new LeavingPrompts(gone), gone.Token);

        Assert.Equal(130, await running);
        Assert.Equal("Interrupted: nothing was written.\n", _supervisor.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Root));
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(IPrompts? prompts, CancellationToken cancellationToken, params string[] options)
    {
        _supervisor.InputLine = Token;
        var surroundings = _supervisor.Surroundings() with { Load = SupervisorFile.Load, ProbeBotAsync = _bot.AnswerAsync, Prompts = () => prompts };
        return CommandLine.RunAsync(["init", "--config", _folder.File, .. options], surroundings, cancellationToken);
    }

    private sealed class LeavingPrompts(CancellationTokenSource gone) : IPrompts
    {
        public Task<string> AskAsync(SetupQuestion question, string? proposal, CancellationToken cancellationToken)
        {
            gone.Cancel();
            return Task.FromCanceled<string>(cancellationToken);
        }

        public Task<bool> ConfirmAsync(string text, bool proposal, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
