using System.Diagnostics;
using System.Globalization;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests;

/// <summary>Whatever the exchange does, the gaps and trades are those of an exchange that behaves.</summary>
public static class MisbehavingExchange
{
    // How long the market of 27 days lasts, undisturbed.
    private const int Seconds = 4;

    /// <summary>Plays a market with a fault from its start on, which must have been met.</summary>
    /// <param name="fault">As docs/exchange.md has it.</param>
    /// <param name="word">What the bot logs of it; empty where it says nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task FollowAsync(string fault, string word, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var expected = Results.Expected(Conformance.ExpectedGaps("range-15m", "group"), Conformance.ExpectedTrades("range-15m", "group"));
        await using var exchange = await ExchangeProcess.StartAsync(
            cancellationToken,
            "--klines",
            $"{Conformance.Klines("range-15m")}={Conformance.Symbol}",
            "--speed",
            (2600 * 900 / Seconds).ToString(CultureInfo.InvariantCulture),
            "--update-interval",
            "5m",
            "--wait-for",
            "1",
            "--fault",
            fault);
        var played = Stopwatch.StartNew();
        await using var bot = ChildProcess.Start(
            "extgap-bot", ["--symbol", Conformance.Symbol, "--timeframe", "15m", "--since", "2025-01-01", "--data-directory", folder.Path, .. exchange.BotOptions]);
        await expected.WaitForAsync(bot, folder.Path, Conformance.Symbol, "15m", cancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{fault}: whole after {played.Elapsed.TotalSeconds:F1} s, {Seconds} s of it the market's own.");

        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.Equal(expected, Results.Read(folder.Path, Conformance.Symbol, "15m"));
        Assert.Contains(bot.Lines, line => line.Contains(word, StringComparison.Ordinal));
        Assert.InRange(await exchange.CountInjectedAsync(fault.Split('=', ',')[0], cancellationToken), 1, int.MaxValue);
    }
}

/// <summary>Connections that are lost, refused or silent.</summary>
public sealed class MisbehavingConnections
{
    [Theory(Timeout = 120_000)]
    [InlineData("drop=1s,times=3", "Reconnecting")]
    [InlineData("cut-after=1s,times=3", "Reconnecting")]
    [InlineData("refuse-stream=403,times=2", "refuses this location")]
    [InlineData("refuse-stream=451,times=2", "refuses this location")]
    [InlineData("refuse-stream=429,times=2", "fewer requests")]
    [InlineData("silence,for=45s", "no kline for 30 s")]
    public Task A_fault_of_a_connection_changes_neither_gaps_nor_trades(string fault, string word) =>
        MisbehavingExchange.FollowAsync(fault, word, TestContext.Current.CancellationToken);
}

/// <summary>Frames that are late, lost, repeated, out of order or senseless.</summary>
public sealed class MisbehavingFrames
{
    [Theory(Timeout = 120_000)]
    [InlineData("close-late=20s", "")]
    [InlineData("close-lost=7", "")]
    [InlineData("close-repeated=3", "")]
    [InlineData("late-repeat=3", "")]
    [InlineData("out-of-order=5", "")]
    [InlineData("lost=9", "")]
    [InlineData("garbage=50", "bad frame")]
    public Task A_fault_of_frames_changes_neither_gaps_nor_trades(string fault, string word) =>
        MisbehavingExchange.FollowAsync(fault, word, TestContext.Current.CancellationToken);
}

/// <summary>REST that refuses, is slow, lags or breaks off.</summary>
public sealed class MisbehavingRest
{
    [Theory(Timeout = 120_000)]
    [InlineData("rest-429=1,times=2", "fewer requests")]
    [InlineData("rest-418=1,times=2", "banned")]
    [InlineData("rest-403,times=2", "refuses this location")]
    [InlineData("rest-451,times=2", "refuses this location")]
    [InlineData("rest-500,times=2", "HTTP 500")]
    [InlineData("rest-slow=1s,times=4", "")]
    [InlineData("rest-half,times=2", "can't be")]
    [InlineData("rest-closed,times=2", "can't be reached")]
    [InlineData("rest-lag=2,times=2", "")]
    [InlineData("rest-stale-time=1h,times=2", "")]
    public Task A_fault_of_REST_changes_neither_gaps_nor_trades(string fault, string word) =>
        MisbehavingExchange.FollowAsync(fault, word, TestContext.Current.CancellationToken);
}
