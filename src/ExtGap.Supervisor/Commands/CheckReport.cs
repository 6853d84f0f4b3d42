using System.Text.Json.Serialization;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary>What <c>extgap check --json</c> prints.</summary>
/// <param name="Valid">Whether the configuration, and the options of each bot in it, can work.</param>
/// <param name="Configuration">Absolute path.</param>
/// <param name="Faults">What is wrong, a line each.</param>
/// <param name="Programs">In the order of the file; none where it has faults itself.</param>
/// <param name="Alerts">Whether the supervisor's own alerts can be sent; unknown where no bot could tell.</param>
internal sealed record CheckReport(bool Valid, string Configuration, IReadOnlyList<string> Faults, IReadOnlyList<ProgramCheck> Programs, bool? Alerts)
{
    /// <summary>What can work, and is still not as it should be: a line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What waiting won't mend goes first.</summary>
    [JsonIgnore]
    public int ExitCode => !Valid || Tests.Any(test => test.IsRefused) ? Supervisor.ExitCode.Configuration
        : Tests.Any(test => !test.IsGood) ? Supervisor.ExitCode.Failure
        : Supervisor.ExitCode.Success;

    private IEnumerable<BotOnlineTest> Tests => Programs.SelectMany(program => program.Online ?? []);
}

/// <param name="Name">Of the program.</param>
/// <param name="Runs">What it runs, in words.</param>
/// <param name="AutoStart">Whether it starts by itself.</param>
/// <param name="IsBot">Whether it is a bot.</param>
/// <param name="Credentials">The variable with the token that it would use; none where it has none or is no bot.</param>
/// <param name="Chats">How many chats it would write to.</param>
/// <param name="Online">What exchange and Telegram say; none where they were not asked.</param>
internal sealed record ProgramCheck(string Name, string Runs, bool AutoStart, bool IsBot, string? Credentials, int Chats, IReadOnlyList<BotOnlineTest>? Online = null)
{
    public static ProgramCheck Of(ProgramOptions program, BotCheck? check) =>
        new(program.Name, RunsOf(program.Command, check), program.AutoStart, program.IsBot, check?.Notifications?.Level, check?.Notifications?.Chats ?? 0, check?.Online);

    private static string RunsOf(ProgramCommand command, BotCheck? check) => command switch
    {
        ProgramCommand.Bot when check is not null => $"extgap-bot: {string.Join(',', check.Symbols)} {check.Timeframe} into {check.DataDirectory}",
        ProgramCommand.Bot bot => string.Join(' ', bot.Options.Select(option => option.Value == "true" ? $"--{option.Key}" : $"--{option.Key} {option.Value}").Prepend("extgap-bot")),
        ProgramCommand.Executable executable => string.Join(' ', executable.Arguments.Prepend(executable.Path)),
        _ => throw new NotSupportedException($"There are no words for {command.GetType()}."),
    };
}

/// <summary>The report in words.</summary>
internal static class CheckTable
{
    private static readonly GridColumn[] Columns = [new("PROGRAM"), new("CREDENTIALS"), new("RUNS")];

    public static IEnumerable<StyledLine> Lines(CheckReport report)
    {
        var rows = report.Programs.Select(Row).ToList();
        if (rows.Count > 0)
        {
            var grid = new TextGrid(Columns, rows);
            yield return grid.Header;
            foreach (var row in rows)
            {
                yield return grid.Line(row);
            }
        }

        foreach (var line in OnlineTable.Lines(report.Programs))
        {
            yield return line;
        }

        if (report.Alerts is { } alerts)
        {
            yield return alerts
                ? new("The supervisor's alerts: on.")
                : new StyledLine("The supervisor's alerts: off; set TELEGRAM_BOT_TOKEN and TELEGRAM_CHAT_IDS in .env to hear of crash loops and stale feeds.", Tone.Doubtful);
        }

        foreach (var warning in report.Warnings)
        {
            yield return new StyledLine("Warning: " + warning, Tone.Doubtful);
        }

        if (report.Valid)
        {
            yield return new($"{report.Configuration} is valid: {Words.Count(report.Programs.Count, "program")}.", Tone.Good);
        }
    }

    private static StyledText[] Row(ProgramCheck program) =>
    [
        new(Harmless.Line(program.Name)),
        program switch
        {
            { IsBot: false } => new("-"),
            { Credentials: { } level } => new($"{Harmless.Line(level)}, {Words.Count(program.Chats, "chat")}", Tone.Good),
            _ => new("off", Tone.Doubtful),
        },
        new(Harmless.Line(program.Runs) + (program.AutoStart ? string.Empty : " (does not start by itself)")),
    ];
}
