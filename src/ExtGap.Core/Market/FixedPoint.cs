namespace ExtGap.Core.Market;

/// <summary>An unsigned decimal number as it was written: its digits, and how many of them follow the point.</summary>
public readonly record struct FixedPoint(ulong Digits, int Scale)
{
    /// <summary>The most digits that a number may have, leading zeros left out of account.</summary>
    public const int MaxDigits = 19;

    private const int MaxScale = 28;

    private static readonly ulong[] PowersOfTen = MakePowersOfTen();

    /// <summary>
    /// Reads digits with at most one point between them, as the exchange writes prices and quantities.
    /// Zeros at the end of the fraction are kept while there is room for them and dropped beyond it.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out FixedPoint number)
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
            var product = (UInt128)Digits * PowersOfTen[Math.Min(scale - Scale, MaxDigits)];
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
