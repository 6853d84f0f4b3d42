using System.IO.Compression;
using ExtGap.Bot.Tests.Support;
using ExtGap.Tests;

namespace ExtGap.Bot.Tests.Backtesting;

[Collection(Cli.Collection)]
public sealed class BacktestCommandTests : IDisposable
{
    private const string Gaps = "binance_extgap_testusdt_1m_gaps.csv";
    private const string Trades = "binance_extgap_testusdt_1m_trades.csv";

    private readonly TempFolder _folder = new();
    private readonly string[] _lines = File.ReadAllLines(Conformance.Klines("walk-1m"));

    [Fact]
    public async Task Several_files_in_any_order_and_overlapping_give_what_one_gives()
    {
        var header = _lines[0].StartsWith("open_time", StringComparison.Ordinal) ? 1 : 0;
        var half = _lines.Length / 2;
        _folder.Write("early.csv", string.Join('\n', _lines[..(half + 20)]));
        _folder.Write("late.csv", string.Join('\n', _lines[Math.Max(half, header)..]) + "\n");
        await AssertSucceedsAsync("--klines", _folder["late.csv"], _folder["early.csv"]);
        AssertExpected();
    }

    [Fact]
    public async Task Repeating_the_option_is_as_good_as_listing_the_files()
    {
        var half = _lines.Length / 2;
        _folder.Write("early.csv", string.Join('\n', _lines[..half]));
        _folder.Write("late.csv", string.Join('\n', _lines[half..]));
        await AssertSucceedsAsync("--klines", _folder["early.csv"], "--klines", _folder["late.csv"]);
        AssertExpected();
    }

    [Fact]
    public async Task A_zip_is_read_as_it_is_published()
    {
        using (var archive = await ZipFile.OpenAsync(_folder["walk.zip"], ZipArchiveMode.Create, TestContext.Current.CancellationToken))
        {
            archive.CreateEntryFromFile(Conformance.Klines("walk-1m"), "walk-1m.csv");
        }

        await AssertSucceedsAsync("--klines", _folder["walk.zip"]);
        AssertExpected();
    }

    [Fact]
    public async Task A_malformed_line_is_refused_with_file_and_line_and_leaves_what_was_there()
    {
        Directory.CreateDirectory(_folder["out"]);
        _folder.Write($"out/{Gaps}", "yesterday's");
        _folder.Write($"out/{Trades}", "yesterday's too");
        var bad = (string[])_lines.Clone();
        bad[200] = bad[200].Replace('.', 'x');
        _folder.Write("bad.csv", string.Join('\n', bad));

        var (exitCode, _, error) = await RunAsync("--klines", _folder["bad.csv"]);

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("bad.csv, line 201", error, StringComparison.Ordinal);
        Assert.Equal("yesterday's", _folder.Read($"out/{Gaps}"));
        Assert.Equal("yesterday's too", _folder.Read($"out/{Trades}"));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder["out"]).Length);
    }

    [Fact]
    public async Task A_folder_with_a_bots_ledger_is_refused()
    {
        Directory.CreateDirectory(_folder["out"]);
        _folder.Write("out/testusdt_1m.db", "a ledger");
        _folder.Write($"out/{Gaps}", "a bot's");
        var (exitCode, _, error) = await RunAsync("--klines", Conformance.Klines("walk-1m"));

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("testusdt_1m.db", error, StringComparison.Ordinal);
        Assert.Contains("another folder", error, StringComparison.Ordinal);
        Assert.Equal("a bot's", _folder.Read($"out/{Gaps}"));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_and_files_that_can_not_be_read_are_told_plainly()
    {
        _folder.Write("out", "a file where a folder should be");
        var (exitCode, _, error) = await RunAsync("--klines", Conformance.Klines("walk-1m"));
        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.StartsWith("--output: ", error, StringComparison.Ordinal);

        (exitCode, _, error) = await RunAsync("--klines", _folder["nowhere.csv"]);
        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("nowhere.csv", error, StringComparison.Ordinal);

        (exitCode, _, error) = await RunAsync("--klines", _folder.Write("empty.csv", string.Empty));
        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("no kline", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_has_foreseen_ends_with_1_and_leaves_nothing_half_done()
    {
        Directory.CreateDirectory(_folder[$"out/{Gaps}"]);
        var (exitCode, _, error) = await RunAsync("--klines", Conformance.Klines("walk-1m"));

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.NotEmpty(error);
        Assert.Single(Directory.GetFileSystemEntries(_folder["out"]), path => path.EndsWith(Gaps, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timeframe_that_the_files_can_not_give_is_refused_with_one_that_can()
    {
        var (exitCode, _, error) = await Cli.RunAsync(
            "backtest", "--klines", Conformance.Klines("ties-3m"), "--symbol", "TESTUSDT", "--timeframe", "5m", "--output", _folder["out"]);

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("candles of 5m can't be built from klines of 3m", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Theory]
    [InlineData("--klines", "--symbol", "TESTUSDT", "--timeframe", "1m")]
    [InlineData("--symbol is needed", "--klines", "x.csv", "--timeframe", "1m")]
    [InlineData("--timeframe is needed", "--klines", "x.csv", "--symbol", "TESTUSDT")]
    [InlineData("'7m' is not a timeframe", "--klines", "x.csv", "--symbol", "TESTUSDT", "--timeframe", "7m")]
    [InlineData("'fast' is not an algorithm", "--klines", "x.csv", "--symbol", "TESTUSDT", "--timeframe", "1m", "--algorithm", "fast")]
    [InlineData("--notional", "--klines", "x.csv", "--symbol", "TESTUSDT", "--timeframe", "1m", "--notional", "0")]
    [InlineData("--speed", "--klines", "x.csv", "--symbol", "TESTUSDT", "--timeframe", "1m", "--speed", "9")]
    public async Task Wrong_usage_ends_with_64_and_says_what_is_wrong(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = await Cli.RunAsync(["backtest", "--output", _folder["out"], .. arguments]);

        Assert.Equal((ExitCode.Usage, string.Empty), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task A_file_too_short_for_one_built_candle_gives_empty_files()
    {
        _folder.Write("two.csv", string.Join('\n', _lines[..3]));
        var (exitCode, output, _) = await Cli.RunAsync(
            "backtest", "--klines", _folder["two.csv"], "--symbol", "TESTUSDT", "--timeframe", "1h", "--output", _folder["out"]);

        Assert.Equal(0, exitCode);
        Assert.Contains("no whole candle", output, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(_folder["out/binance_extgap_testusdt_1h_gaps.csv"]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        await Cli.RunAsync(["backtest", .. arguments, "--symbol", "TESTUSDT", "--timeframe", "1m", "--output", _folder["out"]]);

    private async Task AssertSucceedsAsync(params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(arguments);
        Assert.Equal((0, string.Empty), (exitCode, error));
    }

    private void AssertExpected()
    {
        ExpectedFile.AssertSame(Conformance.ExpectedGaps("walk-1m", "group"), Expected.WithoutDetection(_folder.Read($"out/{Gaps}")));
        ExpectedFile.AssertSame(Conformance.ExpectedTrades("walk-1m", "group"), _folder.Read($"out/{Trades}"));
    }
}
