using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Tests.Commands;

namespace ExtGap.Supervisor.Tests.Documentation;

/// <summary>README.md shows the status as the verb prints it.</summary>
public sealed class StatusPicture
{
    [Fact]
    public void The_status_in_the_readme_is_what_the_verb_prints() => GeneratedSection.AssertSame(
        "README.md",
        "status",
        [
            "```text",
            .. StatusTable.Lines([Bot("3m", 4_711, "BULLISH #3", "LONG", 82_274.7m, 12.35m), Bot("15m", 4_712, "BEARISH #1", "FLAT", null, 0) with { Restarts = 1 }, Failed("1h")], 120).Select(line => line.ToString()),
            "```",
        ]);

    private static ProgramStatus Bot(string name, int pid, string trend, string position, decimal? entry, decimal profit) => Samples.Running(name) with
    {
        Pid = pid,
        Bot = Samples.Report() with { Symbols = [Samples.Report().Symbols[0] with { Timeframe = name, Trend = trend, Position = position, EntryPrice = entry, Profit = profit }] },
    };

    private static ProgramStatus Failed(string name) => Samples.Down(name, "BACKOFF") with
    {
        Restarts = 4,
        Failures = 5,
        NextTrySeconds = 14.2,
        Reason = "exit code 1",
        LastExit = "exit code 1",
        LastError = "the disk is full",
    };
}
