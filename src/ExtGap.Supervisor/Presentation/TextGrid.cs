namespace ExtGap.Supervisor.Presentation;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its name, one word, so that scripts can count on it.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
internal readonly record struct GridColumn(string Header, bool IsNumber = false);

/// <summary>Lines whose cells stand under each other, two blanks between them.</summary>
internal sealed class TextGrid
{
    private readonly IReadOnlyList<GridColumn> _columns;
    private readonly int[] _widths;

    /// <param name="columns">The columns.</param>
    /// <param name="rows">All rows that will be written, to measure them.</param>
    public TextGrid(IReadOnlyList<GridColumn> columns, IEnumerable<IReadOnlyList<StyledText>> rows)
    {
        _columns = columns;
        _widths = [.. columns.Select(column => column.Header.Length)];
        foreach (var row in rows)
        {
            for (var i = 0; i < _widths.Length; i++)
            {
                _widths[i] = Math.Max(_widths[i], row[i].Text.Length);
            }
        }
    }

    /// <summary>How wide the lines are.</summary>
    public int Width => _widths.Sum() + (2 * (_widths.Length - 1));

    public StyledLine Header => Line([.. _columns.Select(column => new StyledText(column.Header, Tone.Heading))]);

    public StyledLine Line(IReadOnlyList<StyledText> cells)
    {
        var parts = new StyledText[cells.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var text = _columns[i].IsNumber ? cells[i].Text.PadLeft(_widths[i]) : cells[i].Text.PadRight(_widths[i]);
            parts[i] = cells[i] with { Text = i == parts.Length - 1 ? text.TrimEnd() : text + "  " };
        }

        return new(parts);
    }

    /// <summary>Parts joined by a dot in the middle, on as many lines as the width takes, each line indented.</summary>
    public static IEnumerable<StyledLine> Fold(IEnumerable<StyledText> parts, int width)
    {
        const string Indent = "    ";
        const string Between = " · ";
        var line = new List<StyledText>();
        var length = 0;
        foreach (var part in parts)
        {
            if (line.Count > 0 && length + Between.Length + part.Text.Length > width)
            {
                yield return new([.. line]);
                line.Clear();
            }

            var before = line.Count == 0 ? Indent : Between;
            length = (line.Count == 0 ? 0 : length) + before.Length + part.Text.Length;
            line.Add(new(before, Tone.Faint));
            line.Add(part);
        }

        if (line.Count > 0)
        {
            yield return new([.. line]);
        }
    }
}
