using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Chats;

/// <summary>Telegram that refuses, breaks off or takes its time.</summary>
public sealed class TelegramTroubles : ChatTest
{
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
}
