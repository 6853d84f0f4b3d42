using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Setup;
using ExtGap.Supervisor.Tests.Configuration;
using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Setup;

public sealed class ConfigurationTexts : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void The_usual_answers_make_the_file_that_comes_with_the_product() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "supervisor.json")), ConfigurationText.New(Answers("BTCUSDT", "3m", "15m", "1h"), hasSchema: true));

    [Fact]
    public void A_new_file_has_a_bot_for_each_timeframe()
    {
        var options = _folder.Load(ConfigurationText.New(Answers("BTCUSDT,ETHUSDT", "1m", "1M"), hasSchema: false));

        // 1m and 1M are two names that one log file may have.
        Assert.Equal(["1m", "1mo"], options.Programs.Select(program => program.Name));
        Assert.Equal(["1m", "1M"], options.Programs.Select(program => Option(program, "timeframe")));
        Assert.All(options.Programs, program => Assert.Equal("BTCUSDT,ETHUSDT", Option(program, "symbol")));
    }

    [Fact]
    public void What_is_no_answer_stays_in_a_present_file()
    {
        const string Present = """
            {
              // Ours.
              "defaults": { "logs": { "backups": 9 }, },
              "programs": {
                "fast": { "bot": { "symbol": "BTCUSDT", "timeframe": "60m", "notional": 5 }, "autoStart": false },
                "gone": { "bot": { "symbol": "BTCUSDT", "timeframe": "3m" } },
                "5m": { "command": "true" }
              }
            }
            """;
        var options = _folder.Load(ConfigurationText.Changed(Present, Answers("ETHUSDT", "5m", "1h")));

        Assert.True(ConfigurationText.HasComments(Present));
        Assert.Equal(9, options.Logs.Backups);
        Assert.Equal(["fast", "5m", "5m-bot"], options.Programs.Select(program => program.Name));
        Assert.Equal(("ETHUSDT", "60m", "5", false), (Option(options.Programs[0], "symbol"), Option(options.Programs[0], "timeframe"), Option(options.Programs[0], "notional"), options.Programs[0].AutoStart));
        Assert.Equal(("ETHUSDT", "5m"), (Option(options.Programs[2], "symbol"), Option(options.Programs[2], "timeframe")));
    }

    [Fact]
    public void Answers_that_change_nothing_leave_a_present_file_as_it_is()
    {
        _folder.Write("supervisor.json", """{ "programs": { "a": { "bot": { "symbol": "BTCUSDT", "timeframe": "60m" } }, /* mine */ } }""");

        Assert.Equal([_folder[".env"]], PlanOf("BTCUSDT", "1h").Files.Select(file => file.Path));
        Assert.Equal([_folder[".env"], _folder.File], PlanOf("BTCUSDT", "1h", "3m").Files.Select(file => file.Path));
    }

    [Fact]
    public void What_was_kept_and_does_not_go_with_the_answers_is_found_before_anything_is_written()
    {
        _folder.Write("supervisor.json", """{ "programs": { "a": { "bot": { "symbol": "ETHUSDT" }, "environment": { "EXTGAP_TIMEFRAME": "1h" }, "logs": { "maxSize": 5000 } } } }""");
        var plan = PlanOf("BTCUSDT", "1h");

        SetupFiles.Write(plan.Files, DateTimeOffset.UnixEpoch);
        Assert.Equal("1h", SupervisorFile.Load(_folder.File).Programs.Single().Name);

        var fault = Assert.Throws<SupervisorException>(() => SetupFiles.Write([plan.Files[1] with { Text = """{ "programs": {} }""" }], DateTimeOffset.UnixEpoch));
        Assert.Contains($"{_folder.File}:1: programs: there is no program", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    internal static SetupAnswers Answers(string symbols, params string[] timeframes) => new(symbols.Split(','), timeframes, null);

    private SetupPlan PlanOf(string symbols, params string[] timeframes) => SetupPlan.Of(Answers(symbols, timeframes), PresentSetup.Read(_folder.File, SupervisorFile.Load));

    private static string? Option(ProgramOptions program, string name) => Assert.IsType<ProgramCommand.Bot>(program.Command).Options.GetValueOrDefault(name);
}
