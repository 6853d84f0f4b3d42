namespace ExtGap.Core.Trading;

/// <summary>How the paper trades are made.</summary>
public sealed record TradingOptions
{
    /// <summary>The largest notional that is taken, in the quote asset.</summary>
    public const decimal MaxNotional = 1_000_000_000m;

    /// <summary>The largest fee rate that is taken: 0.1 is 10 % of the notional.</summary>
    public const decimal MaxFeeRate = 0.1m;

    /// <summary>The longest <see cref="MaxHold"/> that is taken.</summary>
    public static readonly TimeSpan LongestMaxHold = TimeSpan.FromDays(3650);

    /// <summary>Size of a position at its entry in the quote asset; above 0, at most <see cref="MaxNotional"/>.</summary>
    public decimal Notional { get; init; } = 1000m;

    /// <summary>Fee of an entry as a part of the notional: 0.0003 is 0.03 %; 0 to <see cref="MaxFeeRate"/>.</summary>
    public decimal EntryFeeRate { get; init; } = 0.0003m;

    /// <summary>Fee of an exit as a part of the notional; 0 to <see cref="MaxFeeRate"/>.</summary>
    public decimal ExitFeeRate { get; init; } = 0.0003m;

    /// <summary>After how long a position is closed; zero for never. At most <see cref="LongestMaxHold"/>.</summary>
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What is wrong with the options: the property, and its value with what is allowed. Empty where they are good.</summary>
    public IEnumerable<(string Property, string Fault)> Faults()
    {
        if (Notional is <= 0 or > MaxNotional)
        {
            yield return (nameof(Notional), $"a notional of {Notional} must be above 0 and at most {MaxNotional}.");
        }

        if (EntryFeeRate is < 0 or > MaxFeeRate)
        {
            yield return (nameof(EntryFeeRate), FeeRateFault(EntryFeeRate));
        }

        if (ExitFeeRate is < 0 or > MaxFeeRate)
        {
            yield return (nameof(ExitFeeRate), FeeRateFault(ExitFeeRate));
        }

        if (MaxHold < TimeSpan.Zero || MaxHold > LongestMaxHold)
        {
            yield return (nameof(MaxHold), $"a longest hold of {MaxHold} must be from 0 (never closed by time) to {LongestMaxHold.TotalDays:0} days.");
        }
    }

    private static string FeeRateFault(decimal rate) => $"a fee rate of {rate} must be from 0 to {MaxFeeRate}; 0.0003 is 0.03 %.";
}
