using Spectre.Console;
using Spectre.Console.Rendering;

namespace ExtGap.Supervisor.Presentation;

/// <summary>What changes on a terminal.</summary>
/// <param name="Above">Lines that are written above the block and stay.</param>
/// <param name="Block">What takes the block's place; none where it stays as it is.</param>
internal sealed record LiveUpdate(IReadOnlyList<StyledLine> Above, IReadOnlyList<StyledLine>? Block);

/// <summary>Colours, and a block of lines that is drawn anew in its place.</summary>
internal sealed class Terminal
{
    private readonly IAnsiConsole _console;

    public Terminal(TextWriter writer, int width, bool hasColours)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = hasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        _console.Profile.Width = width;
    }

    public void Write(StyledLine line)
    {
        _console.Write(Paint(line));
        _console.WriteLine();
    }

    /// <summary>Shows each block in the place of the one before, until there are no more.</summary>
    public Task ShowAsync(IAsyncEnumerable<IReadOnlyList<StyledLine>> blocks) => ShowAsync(blocks.Select(block => new LiveUpdate([], block)));

    /// <summary>The same, with lines that are written above the block and stay.</summary>
    public Task ShowAsync(IAsyncEnumerable<LiveUpdate> updates) =>
        _console.Live(new Text(string.Empty)).AutoClear(false).StartAsync(async live =>
        {
            await foreach (var update in updates)
            {
                foreach (var line in update.Above)
                {
                    _console.Write(PaintOver(line));
                }

                if (update.Block is { } block)
                {
                    live.UpdateTarget(new Rows(block.Select(Paint)));
                }
            }
        });

    // The console moves up over the block and clears nothing: a line must cover what was there, and take one row.
    private Paragraph PaintOver(StyledLine line)
    {
        var text = Harmless.Line(line.ToString());
        var width = _console.Profile.Width;
        var row = text.Length > width ? string.Concat(text.AsSpan(0, width - 1), "…") : text.PadRight(width);
        return new Paragraph(row + "\n", StyleOf(line.Parts[0].Tone));
    }

    // A paragraph takes text as it is: markup in a name or a reason is text.
    private static IRenderable Paint(StyledLine line)
    {
        var paragraph = new Paragraph();
        foreach (var part in line.Parts)
        {
            paragraph.Append(Harmless.Line(part.Text), StyleOf(part.Tone));
        }

        return paragraph;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Faint => new Style(decoration: Decoration.Dim),
        Tone.Heading => new Style(decoration: Decoration.Bold),
        Tone.Good => new Style(Color.Green),
        Tone.Doubtful => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        _ => Style.Plain,
    };
}
