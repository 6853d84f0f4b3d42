using System.Globalization;
using System.Text;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Projections;

/// <summary>Puts the fields of one CSV row into a buffer, as the CSV files have them.</summary>
internal ref struct CsvRow(Span<byte> buffer)
{
    /// <summary>Bytes that any row of the CSV files fits into.</summary>
    public const int MaxLength = 1024;

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
        Separate();
    }

    public void Add(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, _buffer[_length..]);
        Separate();
    }

    public void Add(Instant time)
    {
        time.TryFormat(_buffer[_length..], out var written);
        _length += written;
        Separate();
    }

    public void Add(Price price)
    {
        price.TryFormat(_buffer[_length..], out var written);
        _length += written;
        Separate();
    }

    public void Add(int number)
    {
        number.TryFormat(_buffer[_length..], out var written, default, CultureInfo.InvariantCulture);
        _length += written;
        Separate();
    }

    public void Add(bool value) => Add(value ? "true"u8 : "false"u8);

    /// <summary>Money, rounded to cents, half away from zero.</summary>
    public void AddMoney(decimal amount) => AddRounded(amount, 2, "F2");

    /// <summary>A quantity, rounded to eight decimals, half away from zero.</summary>
    public void AddQuantity(decimal quantity) => AddRounded(quantity, Price.Decimals, "F8");

    /// <summary>Ends the row.</summary>
    /// <returns>Its length with the line feed.</returns>
    public int End()
    {
        _buffer[_length - 1] = (byte)'\n';
        return _length;
    }

    private void AddRounded(decimal number, int decimals, string format)
    {
        var rounded = Rounding.To(number, decimals);
        if (!TryAddShort(rounded, decimals))
        {
            rounded.TryFormat(_buffer[_length..], out var written, format, CultureInfo.InvariantCulture);
            _length += written;
        }

        Separate();
    }

    /// <summary>Adds a number of up to 63 bits; the decimal's own formatting takes several times as long.</summary>
    private bool TryAddShort(decimal rounded, int decimals)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(rounded, bits);
        var digits = new FixedPoint((uint)bits[0] | ((ulong)(uint)bits[1] << 32), (bits[3] >> 16) & 0xff);
        if (bits[2] != 0 || digits.Scale > decimals || !digits.TryScale(decimals, out var units))
        {
            return false;
        }

        if (rounded < 0)
        {
            _buffer[_length++] = (byte)'-';
        }

        new FixedPoint((ulong)units, decimals).TryFormat(_buffer[_length..], out var written);
        _length += written;
        return true;
    }

    private void Separate() => _buffer[_length++] = (byte)',';
}
