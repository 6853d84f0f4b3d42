namespace ExtGap.Measure.Rounds;

/// <summary>Something that is measured of the whole program, and of others that do the same.</summary>
/// <param name="Name">What <c>--rows</c> chooses it by.</param>
/// <param name="What">What is measured, in words.</param>
/// <param name="Quantities">The numbers that one measurement gives.</param>
/// <param name="Contenders">Who is measured; the first one is ExtGap.</param>
internal sealed record Row(string Name, string What, IReadOnlyList<Quantity> Quantities, IReadOnlyList<Contender> Contenders);

/// <summary>One number of a row.</summary>
/// <param name="Name">What of the row it is; empty where there is but one.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Reach">What ExtGap is to reach; none where nothing was said.</param>
/// <param name="IsRate">Whether more is better.</param>
internal sealed record Quantity(string Name, string Unit, double? Reach, bool IsRate = false)
{
    /// <summary>Whether a value is as good as it is to be.</summary>
    public bool IsReachedBy(double value) => Reach is not { } reach || (IsRate ? value >= reach : value <= reach);
}

/// <summary>One that is measured.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="MeasureAsync">Measures once, in a folder of its own: one value for each of the row's quantities.</param>
internal sealed record Contender(string Name, Func<Workplace, CancellationToken, Task<double[]>> MeasureAsync);
