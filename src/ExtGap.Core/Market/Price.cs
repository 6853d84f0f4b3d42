using System.Globalization;

namespace ExtGap.Core.Market;

/// <summary>
/// A positive price in the quote asset, exact to eight decimals, which is as fine as the exchange quotes.
/// It is kept as a whole number of hundred-millionths, so that comparing two prices is comparing two integers.
/// </summary>
public readonly record struct Price : IComparable<Price>
{
    /// <summary>Decimals that a price can have.</summary>
    public const int Decimals = 8;

    /// <summary>The longest text that <see cref="TryFormat"/> writes.</summary>
    public const int MaxTextLength = 20;

    private Price(long units) => Units = units;

    /// <summary>The price in hundred-millionths.</summary>
    public long Units { get; }

    /// <summary>The price of that many hundred-millionths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static Price FromUnits(long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        return new(units);
    }

    /// <summary>Reads a plain decimal number such as <c>67250.10</c>; no sign, exponent or blank.</summary>
    /// <returns>False where it is no such number, not positive, above 92 billion, or finer than eight decimals.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out Price price)
    {
        price = default;
        if (!FixedPoint.TryParse(text, out var number) || !number.TryScale(Decimals, out var units) || units <= 0)
        {
            return false;
        }

        price = new(units);
        return true;
    }

    /// <summary>Reads a plain decimal number; see <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is not a price.</exception>
    public static Price Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var price)
            ? price
            : throw new FormatException($"'{text}' is not a price: a positive decimal number with at most {Decimals} decimals is needed.");
    }

    /// <summary>The price as a decimal of scale eight.</summary>
    public decimal ToDecimal() => new((int)Units, (int)(Units >> 32), 0, isNegative: false, Decimals);

    /// <inheritdoc/>
    public int CompareTo(Price other) => Units.CompareTo(other.Units);

    /// <summary>With all eight decimals, as the CSV files have it: <c>67250.10000000</c>.</summary>
    public override string ToString() => ToDecimal().ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes the text of <see cref="ToString()"/> as UTF-8.</summary>
    /// <returns>Whether <paramref name="destination"/> had room; <see cref="MaxTextLength"/> bytes always do.</returns>
    public bool TryFormat(Span<byte> destination, out int written) => new FixedPoint((ulong)Units, Decimals).TryFormat(destination, out written);

    /// <summary>Whether one price is below another.</summary>
    public static bool operator <(Price left, Price right) => left.Units < right.Units;

    /// <summary>Whether one price is above another.</summary>
    public static bool operator >(Price left, Price right) => left.Units > right.Units;

    /// <summary>Whether one price is not above another.</summary>
    public static bool operator <=(Price left, Price right) => left.Units <= right.Units;

    /// <summary>Whether one price is not below another.</summary>
    public static bool operator >=(Price left, Price right) => left.Units >= right.Units;
}
