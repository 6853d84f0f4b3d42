namespace ExtGap.Bot.Inspection;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its name.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
internal readonly record struct TextColumn(string Header, bool IsNumber = false);

/// <summary>A table for people: columns as wide as they need to be, two blanks between them.</summary>
internal static class TextTable
{
    /// <summary>Writes it. The rows are gone through twice, once to measure and once to write, so that any number of them takes no memory.</summary>
    public static void Write(TextWriter output, IReadOnlyList<TextColumn> columns, IEnumerable<string[]> rows)
    {
        var widths = columns.Select(column => column.Header.Length).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        WriteRow(output, columns, widths, [.. columns.Select(column => column.Header)]);
        foreach (var row in rows)
        {
            WriteRow(output, columns, widths, row);
        }
    }

    private static void WriteRow(TextWriter output, IReadOnlyList<TextColumn> columns, int[] widths, string[] row)
    {
        var line = string.Join("  ", row.Select((text, i) => columns[i].IsNumber ? text.PadLeft(widths[i]) : text.PadRight(widths[i])));
        output.Write(line.TrimEnd());
        output.Write('\n');
    }
}
