using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Chats;

/// <summary>Chats that are gone, have moved, or can not be written to at all.</summary>
public sealed class ChatTroubles : ChatTest
{
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
        await Expected.WaitForAsync(bot, Folder, Conformance.Symbol, "30m", cancellationToken);
        await WaitForStatusAsync(status => status.GetProperty("messages").GetProperty("notifications").GetString() == "refused", cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.Single(await ChatMessage.ReadAsync(exchange, cancellationToken));
        AssertNowhere(bot);
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
}
