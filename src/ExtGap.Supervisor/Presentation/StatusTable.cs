using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Presentation;

/// <summary>
/// The status of programs as lines. For scripts each program is one line, always of the same columns, the first seven of them without a
/// blank. On a terminal a program takes as many lines as the width asks for, and no cell is ever broken.
/// </summary>
internal static class StatusTable
{
    private static readonly GridColumn[] ProcessColumns =
        [new("NAME"), new("STATE"), new("PID", IsNumber: true), new("UPTIME", IsNumber: true), new("RESTARTS", IsNumber: true), new("CPU", IsNumber: true), new("MEMORY", IsNumber: true)];

    private static readonly GridColumn[] BotColumns = [new("FEED"), new("CANDLE"), new("TREND"), new("POSITION"), new("P&L", IsNumber: true)];

    private static readonly string[] BotLabels = [string.Empty, "candle ", string.Empty, string.Empty, "P&L "];

    private static readonly string[] ProcessLabels = [string.Empty, string.Empty, "pid ", "up ", "restarts ", "CPU ", "memory "];

    /// <summary>The table's lines.</summary>
    /// <param name="programs">What to show.</param>
    /// <param name="width">Columns of the terminal; none for scripts.</param>
    public static IReadOnlyList<StyledLine> Lines(IReadOnlyList<ProgramStatus> programs, int? width)
    {
        if (programs.Count == 0)
        {
            return width is null ? [new TextGrid([.. ProcessColumns, .. BotColumns, new("NOTE")], []).Header] : [new("There are no programs.", Tone.Faint)];
        }

        return width is { } columns ? ForTerminal(programs, columns) : ForScripts(programs);
    }

    private static List<StyledLine> ForScripts(IReadOnlyList<ProgramStatus> programs)
    {
        var rows = programs.Select(program => (StyledText[])[.. ProgramWords.Process(program), .. ProgramWords.Bot(program.Bot), Joined(ProgramWords.Notes(program))]).ToList();
        var grid = new TextGrid([.. ProcessColumns, .. BotColumns, new("NOTE")], rows);
        return [grid.Header, .. rows.Select(grid.Line)];
    }

    private static StyledText Joined(IEnumerable<StyledText> notes) =>
        new(string.Join("; ", notes.Select(note => Harmless.Line(note.Text))) is { Length: > 0 } text ? text : "-");

    private static List<StyledLine> ForTerminal(IReadOnlyList<ProgramStatus> programs, int width)
    {
        var hasBots = programs.Any(program => program.Bot is not null);
        var whole = programs.Select(program => (StyledText[])[.. ProgramWords.Process(program), .. ProgramWords.Bot(program.Bot)]).ToList();
        var wide = new TextGrid([.. ProcessColumns, .. BotColumns], whole);
        if (hasBots && wide.Width <= width)
        {
            return Rows(wide, programs, whole.Select(wide.Line), _ => [], width);
        }

        var processes = programs.Select(ProgramWords.Process).ToList();
        var narrow = new TextGrid(ProcessColumns, processes);
        if (narrow.Width <= width)
        {
            return Rows(narrow, programs, processes.Select(narrow.Line), program => Labelled(BotLabels, ProgramWords.Bot(program.Bot)), width);
        }

        var names = new TextGrid(ProcessColumns[..2], processes);
        return Rows(names, programs, processes.Select(row => names.Line([.. row.Take(2)])), Everything, width);
    }

    private static List<StyledLine> Rows(TextGrid grid, IReadOnlyList<ProgramStatus> programs, IEnumerable<StyledLine> firsts, Func<ProgramStatus, IEnumerable<StyledText>> seconds, int width)
    {
        var lines = new List<StyledLine> { grid.Header };
        foreach (var (program, first) in programs.Zip(firsts))
        {
            lines.Add(first);
            lines.AddRange(TextGrid.Fold(seconds(program), width));
            lines.AddRange(TextGrid.Fold(ProgramWords.Notes(program).Select(note => note with { Text = Harmless.Line(note.Text) }), width));
        }

        return lines;
    }

    private static IEnumerable<StyledText> Everything(ProgramStatus program) =>
        [.. Labelled(ProcessLabels, ProgramWords.Process(program)).Skip(2), .. Labelled(BotLabels, ProgramWords.Bot(program.Bot))];

    private static IEnumerable<StyledText> Labelled(IReadOnlyList<string> labels, IReadOnlyList<StyledText> cells) =>
        cells.Zip(labels).Where(pair => pair.First.Text != "-").Select(pair => pair.First with { Text = pair.Second + pair.First.Text });
}
