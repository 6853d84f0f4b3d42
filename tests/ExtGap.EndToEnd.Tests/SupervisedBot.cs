using System.Text.Json;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests;

/// <summary>What a bot and its supervisor say to each other.</summary>
public sealed class SupervisedBot : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = 60_000)]
    public async Task A_bot_is_ready_and_its_loop_turns_although_the_exchange_is_out_of_reach()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var socket = new NotifySocket(_folder["notify.sock"]);
        await using var bot = Start(Environment(socket), "--api-url", "http://127.0.0.1:1", "--stream-url", "ws://127.0.0.1:1");

        await socket.WaitForAsync("READY=1", cancellationToken);
        await socket.WaitForAsync("WATCHDOG=1", cancellationToken);
        await socket.WaitForAsync("WATCHDOG=1", cancellationToken);
        Assert.StartsWith("feed connecting, TESTUSDT 1m no gap yet, FLAT", await socket.WaitForAsync("STATUS=", cancellationToken), StringComparison.Ordinal);
        bot.Signal(15);
        await socket.WaitForAsync("STOPPING=1", cancellationToken);
        Assert.Equal(0, await bot.WaitForExitAsync(cancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_tells_its_supervisor_feed_candle_trend_and_profit_as_JSON()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var socket = new NotifySocket(_folder["notify.sock"]);
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = Start(Environment(socket), exchange.BotOptions);

        JsonElement status;
        do
        {
            using var document = JsonDocument.Parse(await socket.WaitForAsync("X_EXTGAP=", cancellationToken));
            status = document.RootElement.Clone();
        }
        while (status.GetProperty("feed").GetProperty("state").GetString() != "live" || status.GetProperty("symbols")[0].GetProperty("trades").GetInt32() == 0);

        Assert.Equal(bot.Id, status.GetProperty("pid").GetInt32());
        var symbol = status.GetProperty("symbols")[0];
        Assert.Equal("TESTUSDT", symbol.GetProperty("symbol").GetString());
        Assert.Matches("^(BULLISH|BEARISH) #[0-9]+$", symbol.GetProperty("trend").GetString());
        Assert.NotEqual(0, symbol.GetProperty("profit").GetDecimal());
        Assert.True(symbol.GetProperty("lastCandle").GetDateTimeOffset() < symbol.GetProperty("nextCandleDue").GetDateTimeOffset());
        Assert.Equal("off", status.GetProperty("messages").GetProperty("notifications").GetString());
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("on")]
    [InlineData("off")]
    public async Task A_bot_that_is_ready_says_at_once_whether_it_has_credentials(string notifications)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var socket = new NotifySocket(_folder["notify.sock"]);
        var environment = new Dictionary<string, string>(notifications == "on" ? Telegram.Environment() : Environment(socket), StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = socket.Path };
        await using var bot = Start(environment, BotRun.Unreachable);

        var first = await socket.WaitForDatagramAsync(string.Empty, cancellationToken);
        Assert.Contains("READY=1", first);
        using var status = JsonDocument.Parse(Assert.Single(first, assignment => assignment.StartsWith("X_EXTGAP=", StringComparison.Ordinal))["X_EXTGAP=".Length..]);
        Assert.Equal(notifications, status.RootElement.GetProperty("messages").GetProperty("notifications").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_whose_supervisor_does_not_read_and_whose_socket_is_gone_goes_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        var socket = new NotifySocket(_folder["notify.sock"]);
        socket.Fill();
        await using var bot = Start(Environment(socket), exchange.BotOptions);
        await WaitForGapsAsync(bot, 20, cancellationToken);

        socket.Dispose();
        File.Delete(socket.Path);

        await WaitForGapsAsync(bot, bot.Lines.Count + 200, cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.DoesNotContain(bot.Lines, line => line.Contains("WARN", StringComparison.Ordinal) || line.Contains("ERROR", StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(15, "SIGTERM")]
    [InlineData(2, "SIGINT")]
    public async Task A_signal_ends_a_following_bot_cleanly(int signal, string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = Start(new Dictionary<string, string>(StringComparer.Ordinal), exchange.BotOptions);
        await bot.WaitForLineAsync("gap detected", cancellationToken);

        bot.Signal(signal);

        Assert.Equal(0, await bot.WaitForExitAsync(cancellationToken));
        Assert.Contains($"Stopped by {name}: TESTUSDT 1m ", bot.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Lines, line => line.Contains("ERROR", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_whose_supervisor_dies_leaves_cleanly()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = Start(new Dictionary<string, string>(StringComparer.Ordinal) { ["EXTGAP_LIFELINE"] = "stdin" }, exchange.BotOptions);
        await bot.WaitForLineAsync("gap detected", cancellationToken);

        bot.CloseInput();

        Assert.Equal(0, await bot.WaitForExitAsync(cancellationToken));
        Assert.Contains("Stopped by the end of stdin", bot.Lines[^1], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string> Environment(NotifySocket socket) => new(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = socket.Path };

    private static Task<ExchangeProcess> StartExchangeAsync(CancellationToken cancellationToken) => ExchangeProcess.StartAsync(
        cancellationToken, "--klines", $"{Conformance.Klines("walk-1m")}={Conformance.Symbol}", "--speed", "3000", "--wait-for", "1", "--update-interval", "30s");

    private static Task WaitForGapsAsync(ChildProcess bot, int count, CancellationToken cancellationToken) => Waiting.UntilAsync(
        () =>
        {
            var isThere = bot.Lines.Count(line => line.Contains("gap detected", StringComparison.Ordinal)) >= count;
            Assert.True(isThere || !bot.HasExited, bot.ToString());
            return isThere;
        },
        bot.ToString, cancellationToken);

    private ChildProcess Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> options) =>
        ChildProcess.Start("extgap-bot", environment, ["--symbol", "TESTUSDT", "--timeframe", "1m", "--data-directory", _folder.Path, .. options]);
}
