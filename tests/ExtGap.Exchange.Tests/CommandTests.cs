using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class CommandTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("--speed 0", "'0' is not a speed")]
    [InlineData("--speed fast", "'fast' is not a speed")]
    [InlineData("--speed -1", "'-1' is not a speed")]
    [InlineData("--listen 9090", "'9090' is not an address")]
    [InlineData("--listen 127.0.0.1:99999", "'127.0.0.1:99999' is not an address")]
    [InlineData("--symbol BTC/USDT", "'BTC/USDT' is not a symbol")]
    [InlineData("--seed x", "'x' is not a seed")]
    [InlineData("--start soon", "'soon' is not a time")]
    [InlineData("--wait-for -1", "'-1' is not a number of subscribers")]
    [InlineData("--close-delay 2", "'2' is not a duration")]
    [InlineData("--update-interval 0", "'0' is not a duration from 1ms")]
    [InlineData("--exit-at-end --listen 127.0.0.1:0", "a made market has no end")]
    [InlineData("--nonsense", "--nonsense")]
    [InlineData("--speed", "--speed")]
    public async Task A_bad_option_is_refused_with_its_value_and_what_is_allowed(string arguments, string expected)
    {
        var (exitCode, _, error) = await RunAsync(arguments.Split(' '));
        Assert.Equal(64, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_symbol_both_played_and_made_is_refused()
    {
        using var klines = SampleKlines.Minutes(3);
        var (exitCode, _, error) = await RunAsync("--listen", "127.0.0.1:0", "--klines", klines.Path, "--symbol", "TESTUSDT");
        Assert.Equal(64, exitCode);
        Assert.Contains("either played or made", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_start_after_the_end_of_the_files_is_refused()
    {
        using var klines = SampleKlines.Minutes(3);
        var (exitCode, _, error) = await RunAsync("--listen", "127.0.0.1:0", "--klines", klines.Path, "--start", "2025-02-01");
        Assert.Equal(64, exitCode);
        Assert.Contains("2025-02-01T00:00:00.000+00:00", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("open_time,open\n1,2\n")]
    [InlineData("")]
    public async Task A_file_that_is_no_kline_file_ends_with_78_and_one_line(string content)
    {
        using var klines = SampleKlines.Of(content, "BADUSDT.csv");
        var (exitCode, _, error) = await RunAsync("--listen", "127.0.0.1:0", "--klines", klines.Path);
        Assert.Equal(78, exitCode);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_missing_file_ends_with_78() =>
        Assert.Equal(78, (await RunAsync("--listen", "127.0.0.1:0", "--klines", "/nowhere/TESTUSDT-1m.csv")).ExitCode);

    [Fact(Timeout = 30_000)]
    public async Task An_occupied_port_ends_with_1_and_one_line()
    {
        await using var server = await ExchangeServer.StartAsync(TestExchange.OnAnyPort, cancellationToken: TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await RunAsync("--listen", server.Address.Authority);
        Assert.Equal(1, exitCode);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains(server.Address.Authority, error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task At_the_end_of_the_files_it_exits_with_0_after_every_close_was_delivered()
    {
        using var klines = SampleKlines.Minutes(500);
        var output = new FirstLine();
        var running = ExchangeCommand.RunAsync(
            ["--listen", "127.0.0.1:0", "--klines", klines.Path + "=MYUSDT", "--speed", "max", "--wait-for", "1", "--exit-at-end"],
            output,
            TextWriter.Null,
            TestContext.Current.CancellationToken);
        var address = (await output.Text.WaitAsync(TestContext.Current.CancellationToken))["Listening on http://".Length..];
        using var client = await StreamClient.ConnectAsync($"ws://{address}/market/ws/myusdt@kline_1m");
        var frames = await client.ReceiveAllAsync();
        Assert.Equal(500, frames.Count(frame => frame.GetProperty("k").GetProperty("x").GetBoolean()));
        Assert.Equal(0, await running);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_requested_stop_exits_with_0()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var output = new FirstLine();
        var running = ExchangeCommand.RunAsync(["--listen", "127.0.0.1:0", "--symbol", "BTCUSDT,ETHUSDT"], output, TextWriter.Null, stop.Token);
        await output.Text.WaitAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await ExchangeCommand.RunAsync(arguments, output, error, TestContext.Current.CancellationToken), output.ToString(), error.ToString());
    }

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _text = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Text => _text.Task;

        public override Task WriteLineAsync(string? value)
        {
            _text.TrySetResult(value!.Split('\n')[0]);
            return Task.CompletedTask;
        }
    }
}
