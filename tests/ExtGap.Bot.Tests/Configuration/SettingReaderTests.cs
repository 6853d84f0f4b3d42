using ExtGap.Bot.Configuration;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Tests.Configuration;

public sealed class SettingReaderTests
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _envFile = new(StringComparer.Ordinal);

    /// <summary>Each setting with four different good values of it, and what shows the one that counts.</summary>
    public static TheoryData<string, string, string, string, string?> Precedence => new()
    {
        { "symbol", "ETHUSDT", "XRPUSDT", "BNBUSDT", "BTCUSDT" },
        { "timeframe", "3m", "5m", "15m", null },
        { "algorithm", "Simple", "Corrected", "Simple", "Group" },
        { "notional", "1", "2", "3", "1000" },
        { "entry-fee-rate", "0.01", "0.02", "0.03", "0.0003" },
        { "exit-fee-rate", "0.01", "0.02", "0.03", "0.0003" },
        { "max-hold", "1.00:00:00", "2.00:00:00", "3.00:00:00", "1.00:00:00" },
        { "since", "1.00:00:00", "2.00:00:00", "3.00:00:00", "" },
        { "data-directory", "a", "b", "c", "data" },
        { "fresh", "True", "True", "True", "False" },
        { "log-level", "Debug", "Warning", "Error", "Information" },
        { "stream-url", "ws://a/", "ws://b/", "ws://c/", "wss://fstream.binance.com/" },
        { "api-url", "http://a/", "http://b/", "http://c/", "https://fapi.binance.com/" },
    };

    [Theory]
    [MemberData(nameof(Precedence))]
    public void An_option_comes_before_the_environment_that_before_the_env_file_and_that_before_the_default(
        string setting, string option, string environment, string envFile, string? standard)
    {
        var variable = "EXTGAP_" + setting.ToUpperInvariant().Replace('-', '_');
        _options["timeframe"] = "1h";
        _options.Remove(setting);
        if (standard is not null)
        {
            Assert.Equal(standard, Show(setting));
        }

        _envFile[variable] = Given(envFile);
        Assert.Equal(envFile, Show(setting));
        _environment[variable] = Given(environment);
        Assert.Equal(environment, Show(setting));
        _options[setting] = Given(option);
        Assert.Equal(option, Show(setting));

        // An empty variable counts as none.
        _options.Remove(setting);
        _environment[variable] = string.Empty;
        Assert.Equal(envFile, Show(setting));
    }

    [Theory]
    [InlineData("symbol", "BTC-USDT", "'BTC-USDT' is not a symbol", "such as BTCUSDT")]
    [InlineData("symbol", ",", "','", "one such as BTCUSDT")]
    [InlineData("timeframe", "7m", "'7m' is not a timeframe", "1m 3m 5m")]
    [InlineData("algorithm", "fast", "'fast' is not an algorithm", "group, simple and corrected")]
    [InlineData("notional", "much", "'much' is not a number", "such as 1000")]
    [InlineData("notional", "0", "notional of 0", "above 0")]
    [InlineData("notional", "-5", "notional of -5", "above 0")]
    [InlineData("notional", "1e3", "'1e3' is not a number", "such as 1000")]
    [InlineData("entry-fee-rate", "0.5", "fee rate of 0.5", "from 0 to 0.1")]
    [InlineData("exit-fee-rate", "-0.1", "fee rate of -0.1", "from 0 to 0.1")]
    [InlineData("max-hold", "1 day", "'1 day' is not a duration", "90m, 24h or 7d")]
    [InlineData("max-hold", "9999d", "longest hold of", "3650 days")]
    [InlineData("since", "yesterday", "'yesterday' is neither a time", "such as 7d")]
    [InlineData("log-level", "loud", "'loud' is not a log level", "debug, info, warning and error")]
    [InlineData("stream-url", "http://x", "'http://x' is not a URL", "wss://host")]
    [InlineData("stream-url", "fstream.binance.com", "'fstream.binance.com' is not a URL", "wss://host")]
    [InlineData("api-url", "ws://x", "'ws://x' is not a URL", "https://host")]
    [InlineData("api-url", "http://x?y=1", "'http://x?y=1' is not a URL", "https://host")]
    [InlineData("fresh", "maybe", "'maybe'", "true nor false")]
    public void A_wrong_value_is_told_once_with_who_gave_it_the_value_and_what_is_allowed(string setting, string value, string wrong, string remedy)
    {
        _options["timeframe"] = "1h";
        foreach (var (origin, exitCode, place) in new[]
        {
            ("--" + setting, ExitCode.Usage, _options),
            ("EXTGAP_" + setting.ToUpperInvariant().Replace('-', '_'), ExitCode.Configuration, _environment),
            ("EXTGAP_" + setting.ToUpperInvariant().Replace('-', '_') + " in the .env file", ExitCode.Configuration, _envFile),
        })
        {
            _options.Remove(setting);
            var key = origin[0] == '-' ? setting : origin.Split(' ')[0];
            place[key] = value;
            var error = Assert.Throws<BotException>(Read);
            place.Remove(key);

            Assert.Equal(exitCode, error.ExitCode);
            Assert.StartsWith(origin + ": ", error.Message, StringComparison.Ordinal);
            Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
            Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_fault_is_told_at_once_and_one_on_the_command_line_makes_it_wrong_usage()
    {
        _environment["EXTGAP_NOTIONAL"] = "x";
        _envFile["EXTGAP_MAX_HOLD"] = "y";
        _options["timeframe"] = "5m";
        var error = Assert.Throws<BotException>(Read);
        Assert.Equal((ExitCode.Configuration, 2), (error.ExitCode, error.Message.Split('\n').Length));

        _options["symbol"] = "?";
        _options.Remove("timeframe");
        error = Assert.Throws<BotException>(Read);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Equal(4, error.Message.Split('\n').Length);
        Assert.Contains("--timeframe is needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_are_told_apart_by_their_names_in_any_case_and_each_is_taken_once()
    {
        _options["timeframe"] = "60m";
        _options["symbol"] = " btcusdt, ETHUSDT ,BTCUSDT,";
        var options = Read();

        Assert.Equal("BTCUSDT,ETHUSDT", string.Join(',', options.Symbols));
        Assert.Equal("1h", options.Timeframe.ToString());
    }

    private static string Given(string shown) => shown switch
    {
        "1.00:00:00" => "1d",
        "2.00:00:00" => "48h",
        "3.00:00:00" => "4320m",
        "True" => "true",
        "ws://a/" or "ws://b/" or "ws://c/" or "http://a/" or "http://b/" or "http://c/" => shown[..^1],
        "Simple" or "Corrected" or "Debug" or "Warning" or "Error" => shown.ToLowerInvariant(),
        _ => shown,
    };

    private string Show(string setting)
    {
        var options = Read();
        return setting switch
        {
            "symbol" => options.Symbols[0].ToString(),
            "timeframe" => options.Timeframe.ToString(),
            "algorithm" => options.Strategy.Algorithm.ToString(),
            "notional" => options.Strategy.Trading.Notional.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "entry-fee-rate" => options.Strategy.Trading.EntryFeeRate.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "exit-fee-rate" => options.Strategy.Trading.ExitFeeRate.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "max-hold" => options.Strategy.Trading.MaxHold.ToString(),
            "since" => (options.Since as StartingPoint.Age)?.Span.ToString() ?? string.Empty,
            "data-directory" => options.DataDirectory,
            "fresh" => options.Fresh.ToString(),
            "log-level" => ((LogLevel)options.LogLevel).ToString(),
            "stream-url" => options.StreamUrl.ToString(),
            _ => options.ApiUrl.ToString(),
        };
    }

    private BotOptions Read() => BotOptions.Read(new SettingReader(
        setting => _options.GetValueOrDefault(setting.Name),
        variable => _environment.GetValueOrDefault(variable),
        _envFile));
}
