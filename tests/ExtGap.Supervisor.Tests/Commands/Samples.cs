using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Commands;

/// <summary>A configuration and a status that tests vary.</summary>
internal static class Samples
{
    public static SupervisorOptions Options(string path) => new()
    {
        Path = path,
        Folder = Path.GetDirectoryName(path)!,
        RunDirectory = "/run/extgap",
        Logs = new("/var/log/extgap"),
        EnvironmentFile = "/etc/extgap/.env",
        Programs =
        [
            Program("3m", new ProgramCommand.Bot(new Dictionary<string, string> { ["symbol"] = "BTCUSDT", ["timeframe"] = "3m" })),
            Program("15m", new ProgramCommand.Bot(new Dictionary<string, string> { ["symbol"] = "BTCUSDT", ["timeframe"] = "15m", ["replay"] = "true" })),
            Program("backup", new ProgramCommand.Executable("backup.sh", ["--every", "1h"], "/etc/extgap")) with { AutoStart = false },
        ],
    };

    public static SupervisorStatus Status(params ProgramStatus[] programs) => new()
    {
        Supervisor = new(100, "0.1.0", "/etc/extgap/supervisor.json", 15_132, 10_100_000),
        Programs = programs,
    };

    public static ProgramStatus Running(string name, BotReport? bot = null) => new()
    {
        Name = name,
        State = "RUNNING",
        IsTroubled = false,
        Pid = 4711,
        StateSeconds = 15_130,
        UptimeSeconds = 15_131,
        Restarts = 0,
        Failures = 0,
        CpuPercent = 0.42,
        MemoryBytes = 31_400_000,
        Logs = new($"/var/log/extgap/extgap_indicator_{name}_stdout.log", $"/var/log/extgap/extgap_indicator_{name}_stderr.log"),
        Bot = bot,
    };

    public static ProgramStatus Bot(string name) => Running(name, Report());

    public static ProgramStatus Down(string name, string state, bool isTroubled = true) =>
        Running(name) with { State = state, IsTroubled = isTroubled, Pid = null, UptimeSeconds = null, CpuPercent = null, MemoryBytes = null };

    public static BotReport Report() => new()
    {
        Words = "live",
        AgeSeconds = 1.5,
        Feed = "live",
        SecondsSinceLastFrame = 0.31,
        Notifications = "on",
        Symbols =
        [
            new()
            {
                Symbol = "BTCUSDT",
                Timeframe = "3m",
                LastCandle = new DateTimeOffset(2026, 3, 1, 12, 2, 59, 999, TimeSpan.Zero),
                Trend = "BULLISH #3",
                Position = "LONG",
                EntryPrice = 64_000.10m,
                Gaps = 12,
                Trades = 4,
                Profit = 12.345m,
            },
        ],
    };

    private static ProgramOptions Program(string name, ProgramCommand command) => new()
    {
        Name = name,
        Command = command,
        EnvironmentFile = "/etc/extgap/.env",
        Logs = new("/var/log/extgap"),
    };
}
