namespace ExtGap.Measure.Rounds;

/// <summary>What was measured of a contender in all rounds.</summary>
internal sealed class Measurements
{
    private readonly List<double[]> _rounds = [];

    /// <summary>Why the last round that failed did; none where none failed.</summary>
    public string? Fault { get; set; }

    public void Add(double[] values) => _rounds.Add(values);

    /// <summary>The spread of a quantity over the rounds; none where no round gave it.</summary>
    public Spread? Of(int quantity)
    {
        var values = _rounds.Select(values => values[quantity]).Where(double.IsFinite).Order().ToList();
        return values.Count == 0 ? null : new(values[0], Median(values), values[^1]);
    }

    private static double Median(List<double> ordered) =>
        (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
}

/// <summary>The least, the middle and the most of some values.</summary>
internal readonly record struct Spread(double Least, double Median, double Most);
