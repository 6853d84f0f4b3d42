using System.Diagnostics;
using System.Globalization;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests;

/// <summary>Whatever the exchange does, the gaps and trades are those of an exchange that behaves.</summary>
public sealed class MisbehavingExchange
{
    /// <summary>The fault, when it begins, and the word of the log by which the bot shows that it has met it.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "drop=1s,times=3", "Reconnecting" },
        { "cut-after=1s,times=3", "Reconnecting" },
        { "refuse-stream=403,times=2", "refuses this location" },
        { "refuse-stream=451,times=2", "refuses this location" },
        { "close-late=20s", string.Empty },
        { "close-lost=7", string.Empty },
        { "close-repeated=3", string.Empty },
        { "late-repeat=3", string.Empty },
        { "out-of-order=5", string.Empty },
        { "lost=9", string.Empty },
        { "silence,for=34s", "no kline for 30 s" },
        { "garbage=50", "bad frame" },
        { "rest-429=1,times=2", "fewer requests" },
        { "rest-418=1,times=2", "banned" },
        { "rest-403,times=2", "refuses this location" },
        { "rest-451,times=2", "refuses this location" },
        { "rest-500,times=2", "HTTP 500" },
        { "rest-slow=1s,times=4", string.Empty },
        { "rest-half,times=2", "can't be" },
        { "rest-closed,times=2", "can't be reached" },
        { "rest-stale-time=1h,for=3s", string.Empty },
        { "rest-lag=2,for=3s", string.Empty },
    };

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Faults))]
    public async Task A_fault_changes_neither_gaps_nor_trades(string fault, string word)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var expected = Results.Expected(Conformance.ExpectedGaps("range-15m", "group"), Conformance.ExpectedTrades("range-15m", "group"));
        var played = Stopwatch.StartNew();
        await using var exchange = await ExchangeProcess.StartAsync(
            cancellationToken,
            "--klines",
            $"{Conformance.Klines("range-15m")}={Conformance.Symbol}",
            "--speed",
            (2600 * 900 / 8).ToString(CultureInfo.InvariantCulture),
            "--update-interval",
            "5m",
            "--wait-for",
            "1",
            "--fault",
            fault);
        await using var bot = ChildProcess.Start(
            "extgap-bot", ["--symbol", Conformance.Symbol, "--timeframe", "15m", "--since", "2025-01-01", "--data-directory", folder.Path, .. exchange.BotOptions]);
        await expected.WaitForAsync(bot, folder.Path, Conformance.Symbol, "15m", cancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{fault}: the results were whole after {played.Elapsed.TotalSeconds:F1} s, 8 s of it the market's own.");

        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.Equal(expected, Results.Read(folder.Path, Conformance.Symbol, "15m"));
        Assert.Contains(bot.Lines, line => line.Contains(word, StringComparison.Ordinal));
    }
}
