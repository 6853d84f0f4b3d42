using System.Buffers.Text;

namespace ExtGap.Exchange.Streams;

/// <summary>Writes text and numbers one after the other into a buffer that has room for them.</summary>
internal ref struct Utf8Line(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Writes text as it is.</summary>
    public void Text(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_destination[Length..]);
        Length += text.Length;
    }

    /// <summary>Writes a whole number.</summary>
    public void Number(long number)
    {
        Utf8Formatter.TryFormat(number, _destination[Length..], out var written);
        Length += written;
    }

    /// <summary>Writes a number of units as the decimal number that they make.</summary>
    public void Decimal(long units, int decimals)
    {
        if (decimals == 0)
        {
            Number(units);
            return;
        }

        Span<byte> digits = stackalloc byte[24];
        var position = digits.Length;
        var rest = (ulong)units;
        for (var i = 0; rest != 0 || i <= decimals; i++)
        {
            if (i == decimals)
            {
                digits[--position] = (byte)'.';
            }

            (rest, var digit) = Math.DivRem(rest, 10);
            digits[--position] = (byte)('0' + digit);
        }

        Text(digits[position..]);
    }
}
