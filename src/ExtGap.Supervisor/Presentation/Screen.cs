namespace ExtGap.Supervisor.Presentation;

/// <summary>Where a verb writes to: a terminal, with colours and a width, or a pipe or file, with neither.</summary>
internal sealed class Screen
{
    private readonly TextWriter _writer;
    private readonly bool _hasColours;
    private readonly bool _hasCursor;
    private Terminal? _terminal;

    /// <param name="writer">Where the text goes.</param>
    /// <param name="width">Columns of the terminal; none where it is none.</param>
    /// <param name="hasColours">Whether the terminal shows colours, and its user wants them.</param>
    /// <param name="hasCursor">Whether the terminal's cursor can be moved back.</param>
    public Screen(TextWriter writer, int? width = null, bool hasColours = false, bool hasCursor = false)
    {
        _writer = writer;
        _hasColours = hasColours;
        _hasCursor = hasCursor;
        Width = width;
    }

    /// <summary>Columns of the terminal; none where it is none.</summary>
    public int? Width { get; }

    /// <summary>What is below, for the parser's own help and for text that goes to a pipe as it is.</summary>
    public TextWriter Writer => _writer;

    /// <summary>Where a block of lines can be drawn anew in its place; none elsewhere.</summary>
    public Terminal? Live => _hasCursor ? Painter : null;

    // Made when it is first used, for most verbs are over before.
    private Terminal Painter => _terminal ??= new(_writer, Width ?? int.MaxValue, _hasColours);

    /// <summary>Writes lines and lets them out at once.</summary>
    public void Write(IEnumerable<StyledLine> lines)
    {
        foreach (var line in lines)
        {
            if (_hasColours)
            {
                Painter.Write(line);
            }
            else
            {
                foreach (var part in line.Parts)
                {
                    _writer.Write(Harmless.Line(part.Text));
                }

                _writer.Write('\n');
            }
        }

        _writer.Flush();
    }

    /// <summary>Writes a text of one or more lines.</summary>
    public void Write(string text, Tone tone = Tone.Plain) => Write(Harmless.Lines(text).Select(line => new StyledLine(line, tone)));

    /// <summary>Writes lines of a log: as they are into a pipe or file, harmless on a terminal.</summary>
    /// <param name="prefix">In front of each line.</param>
    /// <param name="text">Whole lines, the last one without its end.</param>
    public void WriteLog(string prefix, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            _writer.Write(prefix);
            _writer.Write(Width is null ? line : Harmless.Line(line));
            _writer.Write('\n');
        }

        _writer.Flush();
    }
}
