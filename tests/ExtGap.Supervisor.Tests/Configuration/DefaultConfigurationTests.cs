using ExtGap.Supervisor.Configuration;
using ExtGap.Tests;

namespace ExtGap.Supervisor.Tests.Configuration;

public sealed class DefaultConfigurationTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    [Fact]
    public void Out_of_the_box_it_runs_three_timeframes_of_BTCUSDT()
    {
        var options = SupervisorFile.Load(Path.Combine(Repository.Root, "supervisor.json"));

        Assert.Equal(["3m", "15m", "1h"], options.Programs.Select(program => program.Name));
        Assert.All(options.Programs, program =>
        {
            var bot = Assert.IsType<ProgramCommand.Bot>(program.Command);
            Assert.Equal([("symbol", "BTCUSDT"), ("timeframe", program.Name)], bot.Options.Select(option => (option.Key, option.Value)));
        });
        Assert.Equal(Repository.Root, options.Folder);
        Assert.Equal(Path.Combine(Repository.Root, "supervisor.json"), options.Path);
    }

    [Fact]
    public void What_nobody_says_is_as_documented()
    {
        var options = _folder.Load("""{ "programs": { "3m": { "bot": {} } } }""");

        var expected = new ProgramOptions
        {
            Name = "3m",
            Command = new ProgramCommand.Bot(new Dictionary<string, string>(StringComparer.Ordinal)),
            EnvironmentFile = _folder[".env"],
            EnvironmentFileIsNamed = false,
            AutoStart = true,
            Restart = new()
            {
                Policy = RestartCondition.Always,
                InitialDelay = TimeSpan.FromSeconds(1),
                Factor = 2,
                MaxDelay = TimeSpan.FromSeconds(60),
                Jitter = 0.1,
                ResetAfter = TimeSpan.FromSeconds(60),
                MaxRetries = null,
            },
            ReadyTimeout = TimeSpan.FromSeconds(60),
            StartTime = TimeSpan.FromSeconds(10),
            Stop = new() { Signal = StopSignal.Terminate, Timeout = TimeSpan.FromSeconds(30) },
            Watchdog = TimeSpan.FromSeconds(60),
            MaxMemory = null,
            Alert = new() { After = TimeSpan.FromMinutes(10), Restarts = 5, Within = TimeSpan.FromMinutes(10) },
            Logs = new(_folder["logs"]) { MaxSize = 10_000_000, Backups = 3 },
        };
        Assert.True(ProgramComparison.AreSame(expected, Assert.Single(options.Programs)));
        Assert.Equal(_folder["run"], options.RunDirectory);
        Assert.Equal(expected.Logs, options.Logs);
        Assert.Equal(_folder[".env"], options.EnvironmentFile);
    }

    [Fact]
    public void A_program_goes_before_the_defaults_and_these_before_the_built_in_key_by_key()
    {
        var options = _folder.Load("""
            {
              "defaults": {
                "restart": { "initialDelay": "2s", "maxRetries": 7 },
                "logs": { "backups": 9, "directory": "l" },
                "stop": { "timeout": 5 },
                "environment": { "A": "1", "B": "1" },
                "environmentFile": "d.env"
              },
              "programs": {
                "x": { "command": "true", "restart": { "initialDelay": "3s" }, "logs": { "maxSize": "1KiB" }, "environment": { "B": "2" } },
                "y": { "command": "true", "restart": { "maxRetries": null }, "environmentFile": "/etc/y.env" }
              }
            }
            """);

        var (x, y) = (options.Programs[0], options.Programs[1]);
        Assert.Equal(new RestartOptions { InitialDelay = TimeSpan.FromSeconds(3), MaxRetries = 7 }, x.Restart);
        Assert.Equal(new RestartOptions { InitialDelay = TimeSpan.FromSeconds(2), MaxRetries = null }, y.Restart);
        Assert.Equal(new LogOptions(_folder["l"]) { MaxSize = 1024, Backups = 9 }, x.Logs);
        Assert.Equal(new LogOptions(_folder["l"]) { Backups = 9 }, options.Logs);
        Assert.Equal(TimeSpan.FromSeconds(5), y.Stop.Timeout);
        Assert.Equal([("A", "1"), ("B", "2")], x.Environment.Select(variable => (variable.Key, variable.Value)).Order());
        Assert.Equal((_folder["d.env"], true), (x.EnvironmentFile, x.EnvironmentFileIsNamed));
        Assert.Equal(("/etc/y.env", true), (y.EnvironmentFile, y.EnvironmentFileIsNamed));
        Assert.Equal(_folder["d.env"], options.EnvironmentFile);
    }

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_taken() =>
        Assert.Equal(["a"], _folder.Load("\uFEFF// why\n{ \"programs\": { /* x */ \"a\": { \"command\": \"true\", }, }, }\n// end").Programs.Select(program => program.Name));

    [Fact]
    public void A_path_relative_to_the_working_directory_is_made_absolute()
    {
        _folder.Write("supervisor.json", """{ "programs": { "a": { "command": "true", "directory": "sub/../x" } } }""");
        var options = SupervisorFile.Load(Path.GetRelativePath(Environment.CurrentDirectory, _folder.File));

        Assert.Equal(_folder.File, options.Path);
        Assert.Equal(_folder["x"], ((ProgramCommand.Executable)options.Programs[0].Command).Directory);
    }

    [Theory]
    [InlineData("\"500ms\"", 0.5)]
    [InlineData("\"1.5s\"", 1.5)]
    [InlineData("\"10m\"", 600)]
    [InlineData("\"1h\"", 3600)]
    [InlineData("\"7d\"", 604_800)]
    [InlineData("\"0\"", 0)]
    [InlineData("0", 0)]
    [InlineData("30", 30)]
    [InlineData("0.25", 0.25)]
    [InlineData("1e2", 100)]
    public void A_duration_has_a_unit_or_is_in_seconds(string written, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), _folder.LoadProgram($$"""
            "command": "true", "restart": { "resetAfter": {{written}} }
            """).Restart.ResetAfter);

    [Theory]
    [InlineData("\"500KB\"", 500_000)]
    [InlineData("\"10MB\"", 10_000_000)]
    [InlineData("\"1.5GB\"", 1_500_000_000)]
    [InlineData("\"2GiB\"", 2_147_483_648)]
    [InlineData("\"64KiB\"", 65_536)]
    [InlineData("\"5000B\"", 5000)]
    [InlineData("123456", 123_456)]
    [InlineData("1e6", 1_000_000)]
    public void A_size_has_a_unit_or_is_in_bytes(string written, long bytes) =>
        Assert.Equal(bytes, _folder.LoadProgram($$"""
            "command": "true", "logs": { "maxSize": {{written}} }
            """).Logs.MaxSize);

    public void Dispose() => _folder.Dispose();
}
