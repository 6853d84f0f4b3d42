using System.Globalization;

namespace ExtGap.Supervisor.Configuration.Reading;

/// <summary>Numbers as JSON writes them.</summary>
internal static class Numbers
{
    private const NumberStyles Json = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryParse(string written, out double number) =>
        double.TryParse(written, Json, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    public static bool TryParseWhole(string written, out long number)
    {
        number = 0;
        if (!decimal.TryParse(written, Json, CultureInfo.InvariantCulture, out var exact) || exact != decimal.Truncate(exact) || Math.Abs(exact) > long.MaxValue)
        {
            return false;
        }

        number = (long)exact;
        return true;
    }
}
