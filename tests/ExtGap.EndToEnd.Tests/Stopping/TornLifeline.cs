using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Stopping;

/// <summary>A bot whose supervisor has died is gone within 5 s, whatever hangs.</summary>
public sealed class TornLifeline : StoppingBot
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Theory(Timeout = 60_000)]
    [InlineData("en", "⏹️ <b>Stopped</b> · TESTUSDT 1m\nThe supervisor is gone (the end of stdin)\n")]
    [InlineData("fr", "⏹️ <b>Arrêté</b> · TESTUSDT 1m\nLe superviseur a disparu (the end of stdin)\n")]
    public async Task The_chats_are_told_that_the_supervisor_is_gone(string language, string text)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken, "--language", language);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 0, $"Exit code {exitCode} after {took}: {bot}");
        Assert.StartsWith(text, (await ChatMessage.ReadAsync(exchange, cancellationToken))[^1].Text, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("telegram-no-answer")]
    [InlineData("telegram-slow=60s")]
    public async Task A_bot_whose_last_message_gets_no_answer_leaves_in_time_and_keeps_it(string fault)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        await exchange.SetFaultAsync(fault, cancellationToken);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 0, $"Exit code {exitCode} after {took}: {bot}");
        Assert.Contains("Stopped by the end of stdin", bot.Lines[^1], StringComparison.Ordinal);
        var stats = await BotRun.OfAsync(cancellationToken, "stats", "--symbol", "TESTUSDT", "--timeframe", "1m", "--data-directory", Folder.Path);
        Assert.Matches("Messages waiting +1", stats.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_whose_exchange_and_Telegram_have_stopped_answering_leaves_cleanly_in_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        exchange.Process.Signal(19);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 0, $"Exit code {exitCode} after {took}: {bot}");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_whose_ledger_is_locked_ends_in_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        using var hold = HoldLedger();

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 1, $"Exit code {exitCode} after {took}: {bot}");
        Assert.Contains(bot.Lines, line => line.Contains("the end of stdin", StringComparison.Ordinal) && line.Contains("4 s", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_that_hangs_in_its_log_ends_in_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bot = await StartHangingAsync(cancellationToken);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 1, $"Exit code {exitCode} after {took}: {bot}");
        Assert.False(Directory.Exists(Folder["data"]), "It has hung, but later.");
    }
}
