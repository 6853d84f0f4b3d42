namespace ExtGap.Core.Market;

/// <summary>An unsigned decimal number as it was written: its digits, and how many of them follow the point.</summary>
public readonly record struct FixedPoint(ulong Digits, int Scale)
{
    /// <summary>The most digits that a number may have, leading zeros left out of account.</summary>
    public const int MaxDigits = 19;

    private const int MaxScale = 28;

    // Two such numbers make one of 62 bits.
    private const ulong MaxFactor = (1UL << 31) - 1;

    private static readonly ulong[] PowersOfTen = MakePowersOfTen();

    /// <summary>
    /// Reads digits with at most one point between them, as the exchange writes prices and quantities.
    /// Zeros at the end of the fraction are kept while there is room for them and dropped beyond it.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out FixedPoint number) =>
        text.Length <= MaxDigits ? TryParseShort(text, out number) : TryParseLong(text, out number);

    /// <summary>Writes the number with all its decimals, as UTF-8.</summary>
    /// <returns>Whether <paramref name="destination"/> had room.</returns>
    public bool TryFormat(Span<byte> destination, out int written)
    {
        var rest = Digits;
        var count = Math.Max(CountDigits(rest), Scale + 1) + (Scale > 0 ? 1 : 0);
        written = 0;
        if (destination.Length < count)
        {
            return false;
        }

        written = count;
        var point = Scale > 0 ? count - 1 - Scale : count;
        for (var i = count - 1; i >= 0; i--)
        {
            if (i == point)
            {
                destination[i] = (byte)'.';
                continue;
            }

            (rest, var digit) = Math.DivRem(rest, 10);
            destination[i] = (byte)('0' + digit);
        }

        return true;
    }

    // Whatever it says fits into 64 bits, so there is nothing to look out for on the way.
    private static bool TryParseShort(ReadOnlySpan<byte> text, out FixedPoint number)
    {
        number = default;
        ulong digits = 0;
        var point = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[i] == '.' && point < 0 && i > 0 && i < text.Length - 1)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        return text.Length > 0 && Accept(digits, point < 0 ? 0 : text.Length - 1 - point, out number);
    }

    private static bool TryParseLong(ReadOnlySpan<byte> text, out FixedPoint number)
    {
        number = default;
        ulong digits = 0;
        var scale = 0;
        var point = -1;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                if (digits > 999_999_999_999_999_999 || scale == MaxScale)
                {
                    return point >= 0 && text[i..].IndexOfAnyExcept((byte)'0') < 0 && Accept(digits, scale, out number);
                }

                digits = (digits * 10) + digit;
                scale += point >= 0 ? 1 : 0;
            }
            else if (text[i] == '.' && point < 0 && i > 0 && i < text.Length - 1)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        return text.Length > 0 && Accept(digits, scale, out number);
    }

    /// <summary>The digits for another scale, where that loses nothing and fits into 63 bits.</summary>
    public bool TryScale(int scale, out long digits)
    {
        digits = 0;
        if (scale >= Scale)
        {
            var factor = PowersOfTen[Math.Min(scale - Scale, MaxDigits)];
            if ((Digits | factor) <= MaxFactor)
            {
                digits = (long)(Digits * factor);
                return true;
            }

            var product = (UInt128)Digits * factor;
            digits = (long)product;
            return product <= long.MaxValue;
        }

        if (Scale - scale > MaxDigits)
        {
            return Digits == 0;
        }

        var (quotient, remainder) = Math.DivRem(Digits, PowersOfTen[Scale - scale]);
        digits = (long)quotient;
        return remainder == 0 && quotient <= long.MaxValue;
    }

    /// <summary>The number as a decimal of the same scale.</summary>
    public decimal ToDecimal() => new((int)Digits, (int)(Digits >> 32), 0, isNegative: false, (byte)Scale);

    private static bool Accept(ulong digits, int scale, out FixedPoint number)
    {
        number = new(digits, scale);
        return true;
    }

    private static int CountDigits(ulong number)
    {
        var count = 1;
        while (count <= MaxDigits && number >= PowersOfTen[count])
        {
            count++;
        }

        return count;
    }

    private static ulong[] MakePowersOfTen()
    {
        var powers = new ulong[MaxDigits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
