namespace ExtGap.Bot;

/// <summary>How numbers are rounded where they are shown: half away from zero, and zero has no sign.</summary>
internal static class Rounding
{
    /// <summary>An amount of money, to cents.</summary>
    public static decimal Money(decimal amount) => To(amount, 2);

    /// <summary>A number to so many decimals.</summary>
    public static decimal To(decimal number, int decimals)
    {
        var rounded = Math.Round(number, decimals, MidpointRounding.AwayFromZero);

        // A decimal keeps the sign of what was rounded to zero.
        return rounded == 0 ? 0 : rounded;
    }
}
