using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests;

/// <summary>What the chats get of a bot, whatever Telegram does.</summary>
public sealed class TelegramDelivery : IDisposable
{
    private static readonly Results Expected = Results.Expected(Conformance.ExpectedGaps("long-30m", "group"), Conformance.ExpectedTrades("long-30m", "group"));
    private static readonly IReadOnlyList<string> Events = ToldEvents.Of(Expected);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> PassingFaults =>
    [
        "telegram-429=2,times=3",
        "telegram-500,times=3",
        "telegram-closed,times=3",
        "telegram-answer-lost,times=2",
        "telegram-cant-parse,times=3",
        "telegram-slow=2s,times=2",
        "telegram-limits",
    ];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(PassingFaults))]
    public async Task Every_event_is_told_in_order_whatever_Telegram_answers(string fault)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", fault);
        await using var bot = StartBot(exchange);

        var messages = await WaitForAllAsync(exchange, "1001", cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));

        Assert.Equal(Events, messages.SelectMany(ToldEvents.Of).Distinct(StringComparer.Ordinal));
        Assert.StartsWith("▶️ <b>Started</b>", WithoutFallback(messages[0].Text), StringComparison.Ordinal);
        AssertNowhere(bot);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_chat_that_has_blocked_the_bot_holds_the_others_back_not_at_all()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", "telegram-blocked=1002", "telegram-chat-not-found=1003");
        await using var bot = StartBot(exchange, "1001,1002,1003,-1004");

        await WaitForAllAsync(exchange, "1001", cancellationToken);
        await WaitForAllAsync(exchange, "-1004", cancellationToken);
        await bot.WaitForLineAsync("Chat 1002 takes no messages", cancellationToken);
        await bot.WaitForLineAsync("Chat 1003 takes no messages", cancellationToken);
        var received = await ChatMessage.ReadAsync(exchange, cancellationToken);
        Assert.Single(received, message => message.Chat == "1002");
        Assert.Single(received, message => message.Chat == "1003");
        Assert.Equal(0, await bot.StopAsync(cancellationToken));

        // It is tried again at each start, and has missed nothing.
        await exchange.Http.DeleteAsync(new Uri("/control/faults", UriKind.Relative), cancellationToken);
        await using var next = StartBot(exchange, "1001,1002,1003,-1004");
        var late = await WaitForAllAsync(exchange, "1002", cancellationToken);
        Assert.Equal(Events, late.SelectMany(ToldEvents.Of));
        Assert.Equal(0, await next.StopAsync(cancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_group_that_has_moved_is_followed_and_its_number_remembered()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", "telegram-migrate=-77:-100777");
        await using (var bot = StartBot(exchange, "-77"))
        {
            var messages = await WaitForAllAsync(exchange, "-100777", cancellationToken);
            Assert.Equal(Events, messages.SelectMany(ToldEvents.Of));
            Assert.Equal(0, await bot.StopAsync(cancellationToken));
        }

        var before = (await ChatMessage.ReadAsync(exchange, cancellationToken)).Count(message => message.Chat == "-77");
        await using var next = StartBot(exchange, "-77");
        await ChatMessage.WaitForAsync(exchange, messages => messages.Count(message => message.Text.Contains("Started", StringComparison.Ordinal)) == 2, cancellationToken);
        Assert.Equal(before, (await ChatMessage.ReadAsync(exchange, cancellationToken)).Count(message => message.Chat == "-77"));
        Assert.Equal(0, await next.StopAsync(cancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refused_token_turns_notifications_off_and_the_candles_go_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", "telegram-401");
        await using var bot = StartBot(exchange);

        await bot.WaitForLineAsync("Telegram refuses the token", cancellationToken);
        await Expected.WaitForAsync(bot, _folder.Path, Conformance.Symbol, "30m", cancellationToken);
        await WaitForStatusAsync(status => status.GetProperty("messages").GetProperty("notifications").GetString() == "refused", cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.Single(await ChatMessage.ReadAsync(exchange, cancellationToken));
        AssertNowhere(bot);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_Telegram_that_never_answers_delays_neither_the_candles_nor_the_stop_and_nothing_is_lost()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", "telegram-no-answer");
        await using (var bot = StartBot(exchange))
        {
            await Expected.WaitForAsync(bot, _folder.Path, Conformance.Symbol, "30m", cancellationToken);
            var stopping = Stopwatch.StartNew();
            Assert.Equal(0, await bot.StopAsync(cancellationToken));
            Assert.InRange(stopping.Elapsed.TotalSeconds, 0, 10);
        }

        await exchange.Http.DeleteAsync(new Uri("/control/faults", UriKind.Relative), cancellationToken);
        await using var next = StartBot(exchange);
        var messages = await WaitForAllAsync(exchange, "1001", cancellationToken);
        Assert.Equal(Events, messages.SelectMany(ToldEvents.Of));
        Assert.Equal(0, await next.StopAsync(cancellationToken));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("telegram-answer-lost", 1)]
    [InlineData("telegram-slow=60s", 1)]
    [InlineData("telegram-500", 0)]
    public async Task A_kill_between_commit_message_and_its_record_repeats_at_most_that_message(string fault, int repeated)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", fault);
        await using (var bot = StartBot(exchange))
        {
            // Telegram has the first message, or has refused it, and the ledger does not know.
            while ((await ChatMessage.ReadAsync(exchange, cancellationToken)).Count == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
            }

            bot.Signal(9);
            await bot.WaitForExitAsync(cancellationToken);
        }

        var before = (await ChatMessage.ReadAsync(exchange, cancellationToken)).Count(message => message.IsAccepted);
        Assert.Equal(repeated, before);
        await exchange.Http.DeleteAsync(new Uri("/control/faults", UriKind.Relative), cancellationToken);
        await using var next = StartBot(exchange);
        var messages = await WaitForAllAsync(exchange, "1001", cancellationToken);
        Assert.Equal(0, await next.StopAsync(cancellationToken));
        Assert.Equal(Events, messages.SelectMany(ToldEvents.Of).Distinct(StringComparer.Ordinal));
        Assert.Equal(repeated, messages.Count - messages.Select(message => message.Text).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_bot_speaks_French_where_it_is_asked_to()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = StartBot(exchange, "1001", "--language", "fr", "--instance", "Lyon & fils");

        var first = (await ChatMessage.WaitForAsync(exchange, messages => messages.Count > 0, cancellationToken))[0];
        Assert.StartsWith("▶️ <b>Démarré</b> · TESTUSDT 30m", first.Text, StringComparison.Ordinal);
        Assert.Contains("Lyon &amp; fils", first.Text, StringComparison.Ordinal);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        var last = (await ChatMessage.WaitForAsync(exchange, messages => messages[^1].Text.Contains("Arrêté", StringComparison.Ordinal), cancellationToken))[^1];
        Assert.Contains("SIGTERM", last.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<ExchangeProcess> StartExchangeAsync(CancellationToken cancellationToken, params IEnumerable<string> options) => ExchangeProcess.StartAsync(
        cancellationToken,
        ["--klines", $"{Conformance.Klines("long-30m")}={Conformance.Symbol}", "--speed", "max", "--wait-for", "1", "--update-interval", "10m", .. options]);

    private ChildProcess StartBot(ExchangeProcess exchange, string chats = "1001", params IEnumerable<string> options) => ChildProcess.Start(
        "extgap-bot",
        Telegram.Environment(chats),
        [
            "--symbol", Conformance.Symbol, "--timeframe", "30m", "--since", "2025-01-01", "--stats-interval", "30d", "--data-directory", _folder.Path,
            .. exchange.BotOptions, .. options,
        ]);

    /// <summary>Waits until a chat has been told the last event.</summary>
    private static async Task<IReadOnlyList<ChatMessage>> WaitForAllAsync(ExchangeProcess exchange, string chat, CancellationToken cancellationToken)
    {
        var messages = await ChatMessage.WaitForAsync(
            exchange, received => received.Where(message => message.Chat == chat).SelectMany(ToldEvents.Of).Contains(Events[^1]), cancellationToken);
        return [.. messages.Where(message => message.Chat == chat)];
    }

    private async Task WaitForStatusAsync(Func<JsonElement, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var path = _folder["testusdt_30m.status.json"];
            if (File.Exists(path))
            {
                using var status = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellationToken));
                if (wanted(status.RootElement))
                {
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    // A message that Telegram could not parse comes again as plain text.
    private static string WithoutFallback(string text) => text.StartsWith("▶️ Started", StringComparison.Ordinal) ? text.Replace("▶️ Started", "▶️ <b>Started</b>", StringComparison.Ordinal) : text;

    private void AssertNowhere(ChildProcess bot)
    {
        var secret = Telegram.Token[(Telegram.Token.IndexOf(':', StringComparison.Ordinal) + 1)..];
        Assert.DoesNotContain(bot.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        var bytes = Encoding.UTF8.GetBytes(secret);
        Assert.All(Directory.EnumerateFiles(_folder.Path), path => Assert.True(File.ReadAllBytes(path).AsSpan().IndexOf(bytes) < 0, path));
    }
}
