namespace ExtGap.Measure.Rounds;

/// <summary>Measures rows in several rounds, the contenders of a row one after the other in each, so that a machine that changes its pace changes it for all.</summary>
internal static class Runner
{
    /// <param name="rows">What to measure.</param>
    /// <param name="rounds">How often, from 1.</param>
    /// <param name="root">Where each measurement gets a folder of its own, which is removed after it.</param>
    /// <param name="progress">Is told what goes on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyDictionary<(string Row, string Contender), Measurements>> RunAsync(
        IReadOnlyList<Row> rows, int rounds, string root, TextWriter progress, CancellationToken cancellationToken)
    {
        var results = new Dictionary<(string, string), Measurements>();
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var row in rows)
            {
                foreach (var contender in row.Contenders)
                {
                    var key = (row.Name, contender.Name);
                    results.TryAdd(key, new Measurements());
                    var told = await MeasureAsync(contender, results[key], root, cancellationToken);
                    await progress.WriteLineAsync($"{round}/{rounds}  {row.Name,-12} {contender.Name,-12} {told}");
                }
            }
        }

        return results;
    }

    // A contender that fails must not take the rows of the others with it; its fault stands in the table.
    private static async Task<string> MeasureAsync(Contender contender, Measurements results, string root, CancellationToken cancellationToken)
    {
        try
        {
            using var workplace = new Workplace(root);
            var values = await contender.MeasureAsync(workplace, cancellationToken);
            results.Add(values);
            return string.Join("  ", values.Select(value => value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            results.Fault = e.Message;
            return $"FAILED: {e.Message}";
        }
    }
}
