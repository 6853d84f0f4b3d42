using System.Diagnostics;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Chats;

/// <summary>Telegram that does not answer, and bots that are killed meanwhile.</summary>
public sealed class TelegramOutages : ChatTest
{
    [Fact(Timeout = 120_000)]
    public async Task A_Telegram_that_never_answers_delays_neither_the_candles_nor_the_stop_and_nothing_is_lost()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken, "--fault", "telegram-no-answer");
        await using (var bot = StartBot(exchange))
        {
            await Expected.WaitForAsync(bot, Folder, Conformance.Symbol, "30m", cancellationToken);
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
    [InlineData("telegram-answer-lost", true)]
    [InlineData("telegram-slow=60s", true)]
    [InlineData("telegram-500", false)]
    public async Task A_kill_between_commit_message_and_its_record_repeats_at_most_that_message(string fault, bool isTaken)
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

        // On a busy machine the bot tries a second time before it is killed.
        var before = (await ChatMessage.ReadAsync(exchange, cancellationToken)).Where(message => message.IsAccepted).Select(message => message.Text).ToList();
        Assert.Equal(isTaken ? 1 : 0, before.Distinct(StringComparer.Ordinal).Count());
        await exchange.Http.DeleteAsync(new Uri("/control/faults", UriKind.Relative), cancellationToken);
        await using var next = StartBot(exchange);
        var messages = await WaitForAllAsync(exchange, "1001", cancellationToken);
        Assert.Equal(0, await next.StopAsync(cancellationToken));
        Assert.Equal(Events, messages.SelectMany(ToldEvents.Of).Distinct(StringComparer.Ordinal));
        Assert.Equal(before.Count, messages.Count - messages.Select(message => message.Text).Distinct(StringComparer.Ordinal).Count());
    }
}
