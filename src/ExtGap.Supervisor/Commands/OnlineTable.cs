using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Commands;

/// <summary>What exchange and Telegram say, in words.</summary>
internal static class OnlineTable
{
    private static readonly GridColumn[] Columns = [new("TEST"), new("OF"), new("RESULT")];
    private static readonly GridColumn[] ProgramColumns = [new("PROGRAM"), .. Columns];

    public static IEnumerable<StyledLine> Lines(IReadOnlyList<BotOnlineTest> tests) => Lines(Columns, [.. tests.Select(Row)]);

    /// <summary>The same for programs, each line with its name.</summary>
    public static IEnumerable<StyledLine> Lines(IReadOnlyList<ProgramCheck> programs) =>
        Lines(ProgramColumns, [.. programs.SelectMany(program => (program.Online ?? []).Select(test => (StyledText[])[new(Harmless.Line(program.Name)), .. Row(test)]))]);

    private static IEnumerable<StyledLine> Lines(GridColumn[] columns, List<StyledText[]> rows)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        var grid = new TextGrid(columns, rows);
        yield return grid.Header;
        foreach (var row in rows)
        {
            yield return grid.Line(row);
        }
    }

    private static StyledText[] Row(BotOnlineTest test) =>
    [
        new(Harmless.Line(test.Test)),
        new(Harmless.Line(test.Subject)),
        test switch
        {
            { IsGood: true } => new("ok: " + Harmless.Line(test.Text), Tone.Good),
            { IsRefused: true } => new("WRONG: " + Harmless.Line(test.Text), Tone.Bad),
            _ => new("NO ANSWER: " + Harmless.Line(test.Text), Tone.Doubtful),
        },
    ];
}
