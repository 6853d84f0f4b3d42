using ExtGap.Bot.Configuration;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Configuration;

/// <summary>Settings that can't work are refused with a text that names the value and the remedy; 64 on the command line, 78 elsewhere.</summary>
public sealed class RefusedSettingTests : IDisposable
{
    private const string Secret = "hunter2-is-no-token";

    private readonly TempFolder _folder = new();

    /// <summary>Option, its value, and words that the text must have.</summary>
    public static TheoryData<string, string, string> Options => new()
    {
        { "--timeframe", "7m", "'7m' is not a timeframe" },
        { "--timeframe", "0m", "'0m' is not a timeframe" },
        { "--timeframe", "", "'' is not a timeframe" },
        { "--symbol", "BTC/USDT", "'BTC/USDT' is not a symbol" },
        { "--symbol", ",", "',' names no symbol" },
        { "--algorithm", "fancy", "there are group, simple and corrected" },
        { "--notional", "-5", "a notional of -5 must be above 0" },
        { "--notional", "0", "a notional of 0 must be above 0" },
        { "--notional", "1e3", "'1e3' is not a number such as 1000" },
        { "--entry-fee-rate", "3", "a fee rate of 3 must be from 0 to 0.1" },
        { "--exit-fee-rate", "-0.1", "a fee rate of -0.1 must be from 0 to 0.1" },
        { "--max-hold", "soon", "'soon' is not a duration" },
        { "--stats-interval", "1s", "'1s' is not an interval from 1m" },
        { "--since", "yesterday", "'yesterday' is neither a time" },
        { "--since", "-7d", "'-7d' is neither a time" },
        { "--since", "7", "'7' is neither a time" },
        { "--since", "7x", "'7x' is neither a time" },
        { "--since", "1/2/2026", "'1/2/2026' is neither a time" },
        { "--since", "10:00", "'10:00' is neither a time" },
        { "--since", "2026-13-01", "'2026-13-01' is neither a time" },
        { "--since", "2026-02-30", "'2026-02-30' is neither a time" },
        { "--since", "1969-12-31", "'1969-12-31' is neither a time" },
        { "--since", "", "'' is neither a time" },
        { "--language", "de", "there are en and fr" },
        { "--log-level", "loud", "there are debug, info, warning and error" },
        { "--api-url", "fapi.binance.com", "is not a URL of the form https://host" },
        { "--stream-url", "https://fstream.binance.com", "is not a URL of the form wss://host" },
    };

    /// <summary>Lines of a .env file, and words that the text must have.</summary>
    public static TheoryData<string, string> EnvFiles => new()
    {
        { "EXTGAP_TIMEFRAME=3m\nnonsense", "line 2 is neither NAME=VALUE" },
        { "EXTGAP_TIMEFRAME=3m\n=x", "line 2 is neither NAME=VALUE" },
        { "EXTGAP_TIMEFRAME=3m\nINSTANCE_ID=\"never closed", "is opened and never closed" },
        { "EXTGAP_TIMEFRAME=7m", "EXTGAP_TIMEFRAME in the .env file: '7m' is not a timeframe" },
        { "EXTGAP_TIMEFRAME=3m\nEXTGAP_NOTIONAL=-1", "EXTGAP_NOTIONAL in the .env file: a notional of -1" },
        { "EXTGAP_TIMEFRAME=3m\nEXTGAP_FRESH=perhaps", "'perhaps' is neither true nor false" },
        { $"EXTGAP_TIMEFRAME=3m\nTELEGRAM_CHAT_IDS=1\nTELEGRAM_BOT_TOKEN={Secret}", "TELEGRAM_BOT_TOKEN in the .env file: this is no token" },
        { $"EXTGAP_TIMEFRAME=3m\n{Secret} = x y z\nTELEGRAM_BOT_TOKEN", "line 2 is neither" },
    };

    /// <summary>The token and the chats, and words that the text must have.</summary>
    public static TheoryData<string, string, string> Credentials => new()
    {
        { Secret, "1", "TELEGRAM_BOT_TOKEN_EXTGAP_3M: this is no token" },
        { "12345:" + Secret + "!", "1", "TELEGRAM_BOT_TOKEN_EXTGAP_3M: this is no token" },
        { " ", "1", "TELEGRAM_BOT_TOKEN_EXTGAP_3M: this is no token" },
        { "12345:" + Secret, ",", "TELEGRAM_CHAT_IDS_EXTGAP_3M: there is no chat in it" },
        { "12345:" + Secret, "1,me", "TELEGRAM_CHAT_IDS_EXTGAP_3M: 'me' is no chat" },
        { "12345:" + Secret, "0", "TELEGRAM_CHAT_IDS_EXTGAP_3M: '0' is no chat" },
        { "1", "12345:" + Secret, "TELEGRAM_CHAT_IDS_EXTGAP_3M: part 1 (not shown: it could hold a token) is no chat" },
        { "12345:" + Secret, "1001,,12345:" + Secret, "TELEGRAM_CHAT_IDS_EXTGAP_3M: part 2 (not shown" },
        { "12345:" + Secret, "1001 12345:" + Secret, "TELEGRAM_CHAT_IDS_EXTGAP_3M: part 1 (not shown" },
        { "12345:" + Secret, Secret, "TELEGRAM_CHAT_IDS_EXTGAP_3M: part 1 (not shown" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_that_cant_work_is_wrong_usage(string option, string value, string text)
    {
        var refused = Refuse(options: option == "--timeframe" ? [(option, value)] : [("--timeframe", "3m"), (option, value)]);
        AssertRefused(refused, ExitCode.Usage, text, option);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void The_same_value_from_the_environment_is_a_matter_of_configuration(string option, string value, string text)
    {
        // An empty variable is one that was not set.
        if (value.Length > 0)
        {
            var variable = "EXTGAP_" + option[2..].ToUpperInvariant().Replace('-', '_');
            var refused = Refuse(variables: option == "--timeframe" ? [(variable, value)] : [("EXTGAP_TIMEFRAME", "3m"), (variable, value)]);
            AssertRefused(refused, ExitCode.Configuration, text, variable);
        }
    }

    [Theory]
    [MemberData(nameof(EnvFiles))]
    public void An_env_file_that_cant_work_is_refused_without_showing_what_it_has(string content, string text)
    {
        var path = _folder.Write("some.env", content + "\n");
        AssertRefused(Refuse(envFile: path), ExitCode.Configuration, text);
    }

    [Fact]
    public void An_env_file_that_is_not_there_is_refused()
    {
        AssertRefused(Refuse(envFile: _folder["none"]), ExitCode.Configuration, _folder["none"]);
        AssertRefused(Refuse(envFile: _folder.Root), ExitCode.Configuration, _folder.Root);
    }

    [Theory]
    [MemberData(nameof(Credentials))]
    public void Credentials_that_cant_work_are_refused_and_the_token_is_not_shown(string token, string chats, string text)
    {
        var refused = Refuse(options: [("--timeframe", "3m")], variables: [("TELEGRAM_BOT_TOKEN_EXTGAP_3M", token), ("TELEGRAM_CHAT_IDS_EXTGAP_3M", chats)]);
        AssertRefused(refused, ExitCode.Configuration, text);
    }

    [Fact]
    public void A_bot_under_a_supervisor_is_not_told_by_its_environment_to_start_anew_at_each_restart()
    {
        const string text = "EXTGAP_FRESH: a bot under a supervisor would start anew at each restart";
        AssertRefused(Refuse(variables: [("EXTGAP_TIMEFRAME", "3m"), ("EXTGAP_LIFELINE", "stdin"), ("EXTGAP_FRESH", "1")]), ExitCode.Configuration, text, "`extgap-bot --fresh` once by hand");

        var path = _folder.Write("fresh.env", "EXTGAP_TIMEFRAME=3m\nEXTGAP_FRESH=true\n");
        AssertRefused(Refuse(variables: [("EXTGAP_LIFELINE", "stdin")], envFile: path), ExitCode.Configuration, text.Replace(":", " in the .env file:", StringComparison.Ordinal));
        AssertRefused(Refuse(options: [("--timeframe", "3m"), ("--fresh", "true")], variables: [("EXTGAP_LIFELINE", "stdin")]), ExitCode.Usage, "--fresh: a bot under a supervisor");
    }

    [Theory]
    [InlineData("EXTGAP_LIFELINE", "stdin", "false", false)]
    [InlineData("EXTGAP_LIFELINE", "", "true", true)]
    [InlineData("NOTIFY_SOCKET", "/run/notify", "true", true)]
    public void Any_other_bot_starts_anew_when_it_is_told_to(string variable, string value, string fresh, bool startsAnew) =>
        Assert.Equal(startsAnew, Read([], [("EXTGAP_TIMEFRAME", "3m"), (variable, value), ("EXTGAP_FRESH", fresh)], envFile: null).Fresh);

    [Theory]
    [InlineData("EXTGAP_SYMBOL", "12345:" + Secret)]
    [InlineData("EXTGAP_NOTIONAL", "12345:" + Secret)]
    [InlineData("EXTGAP_TELEGRAM_URL", "api.telegram.org/bot12345:" + Secret)]
    [InlineData("INSTANCE_ID", "12345:" + Secret + " 1001 is too long a name for a deployment, as it has both")]
    public void A_token_in_another_setting_is_not_shown_with_its_refusal(string variable, string value) =>
        AssertRefused(Refuse(options: [("--timeframe", "3m")], variables: [(variable, value)]), ExitCode.Configuration, variable, "<token>");

    [Theory]
    [InlineData("", "1", "TELEGRAM_CHAT_IDS")]
    [InlineData("12345:" + Secret, "", "TELEGRAM_BOT_TOKEN")]
    public void Credentials_of_which_one_half_is_empty_are_named_and_not_used(string token, string chats, string named)
    {
        var options = Read([("--timeframe", "3m")], [("TELEGRAM_BOT_TOKEN", token), ("TELEGRAM_CHAT_IDS", chats)], envFile: null);
        Assert.Null(options.Telegram);
        Assert.Equal(named, Assert.Single(options.IncompleteCredentials));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var refused = Refuse(options: [("--timeframe", "7m"), ("--notional", "-5"), ("--language", "de")]);
        AssertRefused(refused, ExitCode.Usage, "'7m' is not a timeframe", "a notional of -5", "there are en and fr");
    }

    [Theory]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12:00")]
    [InlineData("2026-01-31T12:00Z")]
    [InlineData("2026-01-31 12:00:30")]
    [InlineData("2026-01-31T12:00:30.5+01:00")]
    [InlineData("1970-01-01")]
    [InlineData("7d")]
    [InlineData("0")]
    public void A_time_that_says_all_and_an_age_are_taken(string since) => Assert.NotNull(Read([("--timeframe", "3m"), ("--since", since)], [], envFile: null).Since);

    private static void AssertRefused(BotException refused, int exitCode, params string[] texts)
    {
        Assert.Equal(exitCode, refused.ExitCode);
        Assert.All(texts, text => Assert.Contains(text, refused.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, refused.Message, StringComparison.Ordinal);
    }

    private static BotException Refuse((string Option, string Value)[]? options = null, (string Name, string Value)[]? variables = null, string? envFile = null) =>
        Assert.Throws<BotException>(() => Read(options ?? [], variables ?? [], envFile));

    private static BotOptions Read((string Option, string Value)[] options, (string Name, string Value)[] variables, string? envFile)
    {
        var given = options.ToDictionary(option => option.Option, option => option.Value, StringComparer.Ordinal);
        var environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        var lines = envFile is null ? new Dictionary<string, string>(StringComparer.Ordinal) : EnvFile.Read(envFile);
        return BotOptions.Read(new(setting => given.GetValueOrDefault(setting.Option), environment.GetValueOrDefault, lines));
    }
}
