using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Stopping;

/// <summary>How long a bot takes that is asked to stop, at most: less than the 30 s after which its supervisor kills it.</summary>
public sealed class RequestedStop : StoppingBot
{
    [Fact(Timeout = 60_000)]
    public async Task It_waits_2_s_for_the_exchange_and_5_s_for_Telegram()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        exchange.Process.Signal(19);

        var (took, exitCode) = await EndAfterAsync(bot, () => bot.Signal(15), cancellationToken);

        Assert.True(took > TimeSpan.FromSeconds(5) && took < TimeSpan.FromSeconds(12) && exitCode == 0, $"Exit code {exitCode} after {took}: {bot}");
        Assert.Contains("Stopped by SIGTERM", bot.Lines[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_waits_5_s_for_a_locked_ledger()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        using var hold = HoldLedger();

        var (took, exitCode) = await EndAfterAsync(bot, () => bot.Signal(15), cancellationToken);

        Assert.True(took > TimeSpan.FromSeconds(4) && took < TimeSpan.FromSeconds(12) && exitCode == 1, $"Exit code {exitCode} after {took}: {bot}");
        Assert.Contains("locked for longer than 5 s", bot.Lines[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_ends_itself_after_20_s_where_it_hangs()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bot = await StartHangingAsync(cancellationToken);

        var (took, exitCode) = await EndAfterAsync(bot, () => bot.Signal(15), cancellationToken);

        Assert.True(took > TimeSpan.FromSeconds(15) && took < TimeSpan.FromSeconds(25) && exitCode == 1, $"Exit code {exitCode} after {took}: {bot}");
        Assert.Contains("Stopped by SIGTERM, but not at its end within 20 s", bot.Lines[^1], StringComparison.Ordinal);
    }
}
