using System.Globalization;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests;

/// <summary>A bot that is killed at random instants and started again does and tells what one that never stopped does and tells.</summary>
public sealed class KilledBot
{
    // EXTGAP_KILLS=100 kills more often than there is time for in every run of the tests.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("EXTGAP_KILLS") ?? "12", CultureInfo.InvariantCulture);

    [Fact(Timeout = 900_000)]
    public async Task A_bot_that_is_killed_again_and_again_loses_nothing_and_repeats_at_most_one_message_a_kill()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var expected = Results.Expected(Conformance.ExpectedGaps("ties-3m", "group"), Conformance.ExpectedTrades("ties-3m", "group"));

        // The market of eight days goes on while the bot is down, and lasts somewhat longer than the killing.
        var speed = 4000 * 180 / (Kills * 0.9);
        await using var exchange = await ExchangeProcess.StartAsync(
            cancellationToken, "--klines", $"{Conformance.Klines("ties-3m")}={Conformance.Symbol}", "--speed", speed.ToString("F0", CultureInfo.InvariantCulture), "--update-interval", "30s");
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var victim = Start(folder, exchange);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 1500)), TimeProvider.System, cancellationToken);
            victim.Signal(9);
            Assert.Equal(128 + 9, await victim.WaitForExitAsync(cancellationToken));
        }

        await using var bot = Start(folder, exchange);
        await expected.WaitForAsync(bot, folder.Path, Conformance.Symbol, "3m", cancellationToken);
        var wanted = ToldEvents.Of(expected);
        var messages = await ChatMessage.WaitForAsync(exchange, received => received.SelectMany(ToldEvents.Of).Contains(wanted[^1]), cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));

        Assert.Equal(expected, Results.Read(folder.Path, Conformance.Symbol, "3m"));
        var repeated = CheckOrder(wanted, messages);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {messages.Count} messages, {repeated} of them repeated something.");
        Assert.InRange(repeated, 0, Kills);
    }

    /// <summary>Checks that every event was told, each for the first time in order.</summary>
    /// <returns>How many messages told something again.</returns>
    private static int CheckOrder(IReadOnlyList<string> wanted, IReadOnlyList<ChatMessage> messages)
    {
        var next = 0;
        var repeated = 0;
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var events = ToldEvents.Of(message);
            repeated += events.Any(told.Contains) ? 1 : 0;
            foreach (var happened in events.Where(told.Add).Where(_ => next < wanted.Count))
            {
                Assert.Equal(wanted[next++], happened);
            }
        }

        Assert.Equal(wanted.Count, next);
        return repeated;
    }

    private static ChildProcess Start(TemporaryFolder folder, ExchangeProcess exchange) => ChildProcess.Start(
        "extgap-bot",
        Telegram.Environment(),
        ["--symbol", Conformance.Symbol, "--timeframe", "3m", "--since", "2025-01-01", "--data-directory", folder.Path, "--stats-interval", "24h", "--log-level", "warning", .. exchange.BotOptions]);
}
