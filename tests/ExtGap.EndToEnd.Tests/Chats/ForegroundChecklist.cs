using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Chats;

/// <summary>One bot in the foreground, from its start to Ctrl-C.</summary>
public sealed class ForegroundChecklist : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory(Timeout = 60_000)]
    [InlineData("3m")]
    [InlineData("15m")]
    [InlineData("1h")]
    public async Task A_bot_says_hello_connects_follows_the_candles_without_an_error_and_says_goodbye(string timeframe)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await ExchangeProcess.StartAsync(
            cancellationToken, "--klines", $"{Conformance.Klines("walk-1m")}={Conformance.Symbol}", "--speed", "20000", "--wait-for", "1", "--update-interval", "1m");
        await using var bot = ChildProcess.Start(
            "extgap-bot",
            Telegram.Environment(),
            ["--symbol", Conformance.Symbol, "--timeframe", timeframe, "--data-directory", _folder.Path, "--stats-interval", "30d", "--log-level", "debug", .. exchange.BotOptions]);

        var hello = (await ChatMessage.WaitForAsync(exchange, messages => messages.Count > 0, cancellationToken))[0];
        Assert.StartsWith($"▶️ <b>Started</b> · TESTUSDT {timeframe}", hello.Text, StringComparison.Ordinal);
        await bot.WaitForLineAsync("Connected: 1 stream(s)", cancellationToken);
        await bot.WaitForLineAsync($"TESTUSDT {timeframe}: candle closed", cancellationToken);
        await bot.WaitForLineAsync("gap detected", cancellationToken);
        await bot.WaitForLineAsync("Position Closed", cancellationToken);
        Assert.DoesNotContain(Telegram.Token, await File.ReadAllTextAsync($"/proc/{bot.Id}/cmdline", cancellationToken), StringComparison.Ordinal);

        bot.Signal(2);

        Assert.Equal(0, await bot.WaitForExitAsync(cancellationToken));
        var goodbye = await ChatMessage.WaitForAsync(exchange, messages => messages[^1].Text.Contains("Stopped", StringComparison.Ordinal), cancellationToken);
        Assert.StartsWith($"⏹️ <b>Stopped</b> · TESTUSDT {timeframe}", goodbye[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Lines, line => line.Contains("ERROR", StringComparison.Ordinal) || line.Contains("WARN", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
