using System.Text;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Setup;

/// <summary><c>extgap init</c> by a script: real bots ask a real exchange and what stands in for Telegram.</summary>
public sealed class InitVerb
{
    private static readonly string[] Answers = ["init", "--symbol", "BTCUSDT", "--timeframe", "3m", "15m", "--telegram-chat", "1001,-1002", "--token-stdin"];

    [Fact(Timeout = 120_000)]
    public async Task Good_answers_become_files_that_the_bots_take()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken);
        using var setup = new SetupRun(exchange.Api);

        var run = await setup.RunAsync(Telegram.Token + "\n", cancellationToken, Answers);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("it is @extgap_bot's", run.Output, StringComparison.Ordinal);
        Assert.Equal([".env", "supervisor.json"], setup.Entries);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(setup.EnvironmentFile));
        Assert.DoesNotContain(Telegram.Token, run.Output + await File.ReadAllTextAsync(setup.Configuration, cancellationToken), StringComparison.Ordinal);
        Assert.Equal(["-1002", "1001"], (await ChatMessage.ReadAsync(exchange, cancellationToken)).Select(message => message.Chat).Order(StringComparer.Ordinal));

        var check = await setup.RunAsync(null, cancellationToken, "check", "--online");
        Assert.True(check.ExitCode == 0, check.Output);
        Assert.Contains("15m      token   TELEGRAM_BOT_TOKEN  ok: it is @extgap_bot's", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Telegram.Token, check.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ChatMessage.ReadAsync(exchange, cancellationToken)).Count);

        var message = await setup.RunAsync(null, cancellationToken, "check", "--online", "--send-test-message", "--json");
        Assert.True(message.ExitCode == 0, message.Output);
        Assert.Equal(4, (await ChatMessage.ReadAsync(exchange, cancellationToken)).Count);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(78, "BTCUSDX", null, "the exchange has no BTCUSDX among its 1")]
    [InlineData(78, "BTCUSDT", "telegram-401", "Telegram refuses it (Unauthorized)")]
    [InlineData(78, "BTCUSDT", "telegram-chat-not-found=-1002", "chat not found: write to the bot first")]
    [InlineData(78, "BTCUSDT", "telegram-migrate=-1002:-1003", "the group has moved to -1003")]
    [InlineData(1, "BTCUSDT", "telegram-closed", "Telegram can't be reached")]
    [InlineData(1, "BTCUSDT", "telegram-429=60", "Telegram asks to wait for 60 s")]
    [InlineData(1, "BTCUSDT", "rest-500", "The exchange answers HTTP 500")]
    public async Task What_is_refused_or_out_of_reach_is_told_by_init_and_by_check(int exitCode, string symbol, string? fault, string expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, fault is null ? [] : ["--fault", fault]);
        using var setup = new SetupRun(exchange.Api);
        string[] answers = [.. Answers.Select(answer => answer == "BTCUSDT" ? symbol : answer)];

        Expect(await setup.RunAsync(Telegram.Token, cancellationToken, answers));
        Assert.Empty(setup.Entries);
        Assert.Empty(await ChatMessage.ReadAsync(exchange, cancellationToken));

        var offline = await setup.RunAsync(Telegram.Token, cancellationToken, [.. answers, "--offline"]);
        Assert.True(offline.ExitCode == 0, offline.Output);
        Expect(await setup.RunAsync(null, cancellationToken, "check", "--online"));

        void Expect(VerbRun run)
        {
            Assert.True(run.ExitCode == exitCode, run.Output);
            Assert.Contains(expected, run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(Telegram.Token, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task The_token_is_in_no_argument_of_any_process_and_an_interrupted_set_up_writes_nothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(cancellationToken, "--fault", "telegram-no-answer");
        using var setup = new SetupRun(exchange.Api);
        await using var init = setup.Start(Answers);
        await init.WriteInputAsync(Encoding.UTF8.GetBytes(Telegram.Token + "\n"), cancellationToken);

        // The bot waits for Telegram now, with the token.
        await Waiting.UntilAsync(
            () => CommandLines().Any(line => line.Contains("extgap-bot\0check", StringComparison.Ordinal) && line.Contains("--online", StringComparison.Ordinal)),
            init.ToString, cancellationToken);

        Assert.DoesNotContain(CommandLines(), line => line.Contains(Telegram.Token, StringComparison.Ordinal));
        init.Signal(2);

        Assert.Equal(130, await init.WaitForExitAsync(cancellationToken));
        Assert.Contains("Interrupted: nothing was written.", init.Lines);
        Assert.Empty(setup.Entries);
    }

    private static List<string> CommandLines()
    {
        var lines = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                lines.Add(File.ReadAllText(Path.Combine(folder, "cmdline")));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile.
            }
        }

        return lines;
    }
}
