using System.Text;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Setup;

/// <summary><c>extgap init</c> on a real terminal, which <c>script</c> of util-linux makes.</summary>
public sealed class OnATerminal
{
    private const string Script = "/usr/bin/script";

    [Fact(Timeout = 120_000)]
    public async Task A_person_answers_and_the_token_is_not_seen()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken);
        using var setup = new SetupRun(exchange.Api);
        await using var terminal = Start(setup, "exec \"$0\" init --config \"$1\"");

        await AnswerAsync(terminal, "The contracts to watch", "\r", cancellationToken);
        await AnswerAsync(terminal, "A bot for each", "7m\r", cancellationToken);
        await AnswerAsync(terminal, "'7m' is not a timeframe", "3m\r", cancellationToken);
        await AnswerAsync(terminal, "Timeframes (3m,15m,1h): 3m", "\r", cancellationToken);
        await AnswerAsync(terminal, "BotFather", Telegram.Token + "\r", cancellationToken);
        await AnswerAsync(terminal, "Numbers or @channels", "1001\r", cancellationToken);

        Assert.True(await terminal.WaitForExitAsync(cancellationToken) == 0, terminal.ToString());
        Assert.Contains($"TELEGRAM_BOT_TOKEN={Telegram.Token}\n", await File.ReadAllTextAsync(setup.EnvironmentFile, cancellationToken), StringComparison.Ordinal);
        var seen = string.Join('\n', terminal.Lines);
        Assert.DoesNotContain("must-appear-nowhere", seen, StringComparison.Ordinal);
        Assert.DoesNotMatch("\e\\[[0-9;]*m", seen);
        Assert.Equal("1001", Assert.Single(await ChatMessage.ReadAsync(exchange, cancellationToken)).Chat);
    }

    [Fact(Timeout = 120_000)]
    public async Task Ctrl_C_in_the_midst_of_the_token_writes_nothing_and_gives_the_echo_back()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var setup = new SetupRun(new Uri("http://127.0.0.1:1"));
        await using var terminal = Start(setup, "trap : INT; \"$0\" init --symbol BTCUSDT --timeframe 3m --telegram-chat 1 --config \"$1\"; echo \"code=$?\"; stty -a");

        // Pasted before there is a question: nothing of it may be seen either.
        await AnswerAsync(terminal, "Sets up", Telegram.Token[..20], cancellationToken);
        await AnswerAsync(terminal, "BotFather", "\x3", cancellationToken);

        await terminal.WaitForExitAsync(cancellationToken);
        Assert.Contains("Interrupted: nothing was written.", terminal.Lines);
        Assert.Contains("code=130", terminal.Lines);
        Assert.Contains(terminal.Lines, line => line.Contains(" icanon", StringComparison.Ordinal) || line.StartsWith("icanon", StringComparison.Ordinal));
        Assert.Contains(terminal.Lines, line => line.Split(' ').Contains("echo", StringComparer.Ordinal));
        Assert.DoesNotContain(Telegram.Token[..20], string.Join('\n', terminal.Lines), StringComparison.Ordinal);
        Assert.Empty(setup.Entries);
    }

    private static ChildProcess Start(SetupRun setup, string shellScript)
    {
        Assert.SkipUnless(File.Exists(Script), $"There is no {Script} here.");
        var environment = new Dictionary<string, string>(setup.Environment, StringComparer.Ordinal) { ["TERM"] = "xterm", ["NO_COLOR"] = "1", ["SHELL"] = "/bin/sh" };

        // The inner shell gets executable and configuration as arguments, so that no path is taken for a part of the script.
        var command = $"exec sh -c '{shellScript}' '{Executables.PathOf("extgap")}' '{setup.Configuration}'";
        return ChildProcess.Start(Script, environment, ["-qec", command, "/dev/null"]);
    }

    private static async Task AnswerAsync(ChildProcess terminal, string question, string answer, CancellationToken cancellationToken)
    {
        await terminal.WaitForLineAsync(question, cancellationToken);
        await terminal.WriteInputAsync(Encoding.UTF8.GetBytes(answer), cancellationToken);
    }
}
