using System.Globalization;
using System.Text;

namespace ExtGap.Measure.Rounds;

/// <summary>Writes what was measured: a line for each quantity, the median with the least and the most, and each other's with its ratio to ExtGap's.</summary>
internal static class MarkdownTable
{
    public static string Write(IReadOnlyList<Row> rows, IReadOnlyDictionary<(string Row, string Contender), Measurements> results)
    {
        var table = new StringBuilder("| what | ExtGap | reach | others |\n|---|---|---|---|\n");
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Quantities.Count; i++)
            {
                WriteLine(table, row, i, [.. row.Contenders.Select(contender => results[(row.Name, contender.Name)])]);
            }
        }

        return table.ToString();
    }

    private static void WriteLine(StringBuilder table, Row row, int index, Measurements[] measured)
    {
        var quantity = row.Quantities[index];
        var ours = measured[0].Of(index);
        var what = quantity.Name.Length == 0 ? row.What : $"{row.What}: {quantity.Name}";
        var others = row.Contenders.Skip(1).Select((contender, i) => Other(contender.Name, measured[i + 1], index, quantity, ours));
        table.Append(CultureInfo.InvariantCulture, $"| {what} | {Cell(measured[0], index, quantity)} | {Reach(quantity, ours)} | {string.Join("<br>", others)} |\n");
    }

    private static string Reach(Quantity quantity, Spread? ours) => quantity.Reach is not { } reach
        ? "–"
        : $"{(quantity.IsRate ? "≥" : "≤")} {Number(reach)} {quantity.Unit}".TrimEnd() + (ours is { } value && !quantity.IsReachedBy(value.Median) ? " **missed**" : string.Empty);

    private static string Other(string name, Measurements measured, int index, Quantity quantity, Spread? ours)
    {
        var ratio = measured.Of(index) is { Median: not 0 } theirs && ours is { Median: not 0 } own
            ? $", ×{Number(quantity.IsRate ? own.Median / theirs.Median : theirs.Median / own.Median)}"
            : string.Empty;
        return $"{name} {Cell(measured, index, quantity)}{ratio}";
    }

    private static string Cell(Measurements measured, int index, Quantity quantity)
    {
        if (measured.Of(index) is not { } spread)
        {
            return measured.Fault is { } fault ? $"failed: {fault.ReplaceLineEndings(" ").Replace('|', '/')}" : "–";
        }

        var range = spread.Least == spread.Most ? string.Empty : $" ({Number(spread.Least)}–{Number(spread.Most)})";
        return $"{Number(spread.Median)} {quantity.Unit}".TrimEnd() + range;
    }

    /// <summary>Three digits that mean something, thousands set apart.</summary>
    private static string Number(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), -12, 6);
        var step = Math.Pow(10, -Math.Min(decimals, 0));
        return decimals <= 0
            ? (Math.Round(value / step) * step).ToString("#,0", CultureInfo.InvariantCulture)
            : value.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }
}
