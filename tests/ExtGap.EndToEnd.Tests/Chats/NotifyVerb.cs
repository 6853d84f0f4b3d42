using System.Text;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Chats;

/// <summary><c>extgap-bot notify</c>: one message, and an exit code that says whether to try again.</summary>
public sealed class NotifyVerb
{
    private const string Secret = "a-token-that-must-appear-nowhere";

    [Fact(Timeout = 60_000)]
    public async Task A_text_goes_to_every_chat_as_it_is()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        var run = await RunAsync(exchange, "123456,@channel", null, cancellationToken, "--text", "Bot 3m crashes: <b>exit code</b> & 1", "--instance", "Lyon & fils");

        Assert.Equal((0, "Chat 1 of 2 (…3456): delivered\nChat 2 of 2 (…nnel): delivered"), (run.ExitCode, run.Output));
        var messages = await ChatMessage.ReadAsync(exchange, cancellationToken);
        Assert.Equal(["123456", "@channel"], messages.Select(message => message.Chat).Order(StringComparer.Ordinal));
        Assert.All(messages, message => Assert.Equal("Bot 3m crashes: <b>exit code</b> & 1\nLyon & fils", message.Text));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_text_from_stdin_is_read_to_64_KiB_and_cut_to_a_message()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);

        // Stdin stays open: what is beyond is not waited for.
        await using var notify = ChildProcess.Start("extgap-bot", Telegram.Environment(), ["notify", "--telegram-url", exchange.Api.ToString()]);
        await notify.WriteInputAsync(Encoding.UTF8.GetBytes(new string('é', 40_000)), cancellationToken);
        var run = await BotRun.EndOfAsync(notify, cancellationToken);

        Assert.True(run.ExitCode == 0, run.Output);
        var text = Assert.Single(await ChatMessage.ReadAsync(exchange, cancellationToken)).Text;
        Assert.Equal((4096, "é…\nLOCAL"), (text.Length, text[^8..]));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("telegram-429=2,times=1", 0, "delivered")]
    [InlineData("telegram-429=60", 1, "Telegram asks to wait for 60 s")]
    [InlineData("telegram-500,times=1", 0, "delivered")]
    [InlineData("telegram-closed,times=1", 0, "delivered")]
    [InlineData("telegram-no-answer", 1, "no answer in time")]
    [InlineData("telegram-migrate=1001:-1002", 0, "put -1002 into TELEGRAM_CHAT_IDS")]
    [InlineData("telegram-blocked", 78, "bot was blocked")]
    [InlineData("telegram-blocked=1001", 1, "bot was blocked")]
    [InlineData("telegram-401", 78, "Telegram refuses the token")]
    public async Task The_exit_code_says_whether_to_try_again(string fault, int exitCode, string expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", fault);
        var run = await RunAsync(exchange, "1001,1002", "text\n", cancellationToken, "--timeout", fault == "telegram-no-answer" ? "5s" : "30s");

        Assert.True(run.ExitCode == exitCode, $"Exit code {run.ExitCode}: {run.Output}");
        Assert.Contains("Chat 1 of 2 (1001): ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Chat 2 of 2 (1002): ", run.Output, StringComparison.Ordinal);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_Telegram_out_of_reach_is_told_for_each_chat_without_the_token()
    {
        var run = await RunAsync(new Uri("http://127.0.0.1:1"), Telegram.Environment(), "text", TestContext.Current.CancellationToken, "--timeout", "10s");

        Assert.True(run.ExitCode == 1, run.Output);
        Assert.Contains("Chat 1 of 1 (1001): not delivered: Connection refused", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("", "", 78, "There are no TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_IDS")]
    [InlineData("4242:" + Secret, "", 78, "TELEGRAM_BOT_TOKEN lacks its other half")]
    [InlineData("", "1001", 78, "TELEGRAM_CHAT_IDS lacks its other half")]
    [InlineData(Secret, "1001", 78, "TELEGRAM_BOT_TOKEN: this is no token")]
    [InlineData("4242:" + Secret, "nobody", 78, "'nobody' is no chat")]
    [InlineData("4242:" + Secret, "1001", 64, "There is nothing to send")]
    public async Task What_cant_work_is_refused_before_anything_is_sent(string token, string chats, int exitCode, string expected)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TELEGRAM_BOT_TOKEN"] = token,
            ["TELEGRAM_CHAT_IDS"] = chats,

            // Those of a bot are no help: it is not this one's business who it speaks for.
            ["TELEGRAM_BOT_TOKEN_EXTGAP_DETECTOR"] = Telegram.Token,
            ["TELEGRAM_CHAT_IDS_EXTGAP_DETECTOR"] = "1",
        };
        var run = await RunAsync(new Uri("http://127.0.0.1:1"), variables, " \n", TestContext.Current.CancellationToken);

        run.AssertRefused(exitCode, expected);
        Assert.DoesNotContain(Secret, run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stdin_that_has_no_end_is_left_at_the_limit()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var notify = ChildProcess.Start("extgap-bot", Telegram.Environment(), ["notify", "--timeout", "1s"]);
        (await BotRun.EndOfAsync(notify, cancellationToken)).AssertRefused(1, "Stdin has not come to its end within 1 s");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("500ms")]
    [InlineData("0")]
    [InlineData("1h")]
    public async Task A_limit_that_makes_no_sense_is_wrong_usage(string timeout)
    {
        var run = await BotRun.OfAsync(Telegram.Environment(), TestContext.Current.CancellationToken, "notify", "--text", "x", "--timeout", timeout);
        run.AssertRefused(64, "--timeout", timeout);
    }

    private static Task<ExchangeProcess> StartExchangeAsync(CancellationToken cancellationToken, params IEnumerable<string> options) =>
        ExchangeProcess.StartAsync(cancellationToken, options);

    private static Task<BotRun> RunAsync(ExchangeProcess exchange, string chats, string? input, CancellationToken cancellationToken, params IEnumerable<string> options) =>
        RunAsync(exchange.Api, Telegram.Environment(chats), input, cancellationToken, options);

    private static async Task<BotRun> RunAsync(
        Uri telegram, IReadOnlyDictionary<string, string> variables, string? input, CancellationToken cancellationToken, params IEnumerable<string> options)
    {
        await using var notify = ChildProcess.Start("extgap-bot", variables, ["notify", "--telegram-url", telegram.ToString(), .. options]);
        if (input is not null)
        {
            await notify.WriteInputAsync(Encoding.UTF8.GetBytes(input), cancellationToken);
            notify.CloseInput();
        }

        return await BotRun.EndOfAsync(notify, cancellationToken);
    }
}
