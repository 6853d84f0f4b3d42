using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Tests.Configuration;

public sealed class BotProgramTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Theory]
    [InlineData("\"max-hold\": \"12h\"", "max-hold", "12h")]
    [InlineData("\"maxHold\": \"12h\"", "max-hold", "12h")]
    [InlineData("\"entryFeeRate\": 0.00030", "entry-fee-rate", "0.00030")]
    [InlineData("\"notional\": 1e3", "notional", "1e3")]
    [InlineData("\"max-hold\": 0", "max-hold", "0")]
    [InlineData("\"language\": true", "language", "true")]
    [InlineData("\"symbol\": \"BTCUSDT,ETHUSDT\"", "symbol", "BTCUSDT,ETHUSDT")]
    [InlineData("\"symbol\": [\"BTCUSDT\", \"ETHUSDT\"]", "symbol", "BTCUSDT,ETHUSDT")]
    [InlineData("\"telegramUrl\": \"http://127.0.0.1:1\"", "telegram-url", "http://127.0.0.1:1")]
    public void An_option_has_its_own_spelling_or_the_files_and_its_value_as_written(string member, string name, string value)
    {
        var bot = Assert.IsType<ProgramCommand.Bot>(_folder.LoadProgram($$"""
            "bot": { {{member}} }
            """).Command);
        Assert.Equal([(name, value)], bot.Options.Select(option => (option.Key, option.Value)));
    }

    public static TheoryData<string, string> Separate => new()
    {
        { Bot("BTCUSDT", "3m"), Bot("BTCUSDT", "5m") },
        { Bot("BTCUSDT", "1m"), Bot("BTCUSDT", "1M") },
        { Bot("BTCUSDT", "3m"), Bot("ETHUSDT", "3m") },
        { Bot("BTCUSDT", "3m"), Bot("BTCUSDT", "3m", """, "data-directory": "other" """) },
        { Bot("BTCUSDT", "3m"), """{ "bot": { "symbol": "BTCUSDT", "timeframe": "3m" }, "environment": { "EXTGAP_DATA_DIRECTORY": "other" } }""" },
        { Bot("BTCUSDT", "3m"), """{ "bot": { "timeframe": "3m" }, "environmentFile": "other.env" }""" },
    };

    public static TheoryData<string, string> Fighting => new()
    {
        { Bot("BTCUSDT", "3m"), Bot("btcusdt", "3m") },
        { Bot("BTCUSDT", "60m"), Bot("BTCUSDT", "1h") },
        { Bot("BTCUSDT", "24h"), Bot("BTCUSDT", "1d") },
        { Bot("BTCUSDT", "3m"), Bot("ETHUSDT, BTCUSDT", "3m") },
        { Bot("BTCUSDT", "3m"), Bot("BTCUSDT", "3m", """, "data-directory": "./x/../data" """) },
        { Bot("BTCUSDT", "3m"), Bot("BTCUSDT", "3m", """, "instance": "OTHER" """) },
        { Bot("BTCUSDT", "3m"), """{ "bot": { "timeframe": "3m" } }""" },
        { Bot("BTCUSDT", "3m"), """{ "bot": { "timeframe": "3m" }, "environment": { "EXTGAP_SYMBOL": "BTCUSDT" } }""" },
        { Bot("BTCUSDT", "3m", """, "data-directory": "d" """), """{ "bot": { "symbol": "BTCUSDT", "timeframe": "3m", "dataDirectory": "d" }, "environmentFile": "other.env" }""" },
    };

    [Theory]
    [MemberData(nameof(Separate))]
    public void Two_bots_with_ledgers_of_their_own_are_fine(string a, string b) => Assert.Equal(2, _folder.Load(Two(a, b)).Programs.Count);

    [Theory]
    [MemberData(nameof(Fighting))]
    public void Two_bots_with_one_ledger_are_refused(string a, string b)
    {
        var fault = Assert.Single(_folder.Faults(Two(a, b)));
        Assert.Equal((3, "programs.b"), (fault.Line, fault.Path));
        Assert.StartsWith("it would use the ledger of programs.a (BTCUSDT ", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Bot(string symbol, string timeframe, string more = "") => $$"""{ "bot": { "symbol": "{{symbol}}", "timeframe": "{{timeframe}}"{{more}} } }""";

    private static string Two(string a, string b) => $$"""
        { "programs": {
          "a": {{a}},
          "b": {{b}}
        } }
        """;
}
