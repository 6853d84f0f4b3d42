using System.Globalization;
using System.Text;
using ExtGap.Core.Market;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Market;

public sealed class FixedPointTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.000", "0.000")]
    [InlineData("11067", "11067")]
    [InlineData("219303.9560", "219303.9560")]
    [InlineData("9999999999999999999", "9999999999999999999")]
    [InlineData("9999999999999999999.0000", "9999999999999999999")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("0.00000000000000000000000000010", "0.0000000000000000000000000001")]
    public void A_quantity_is_kept_as_it_was_written(string text, string written)
    {
        Assert.True(Read(text, out var number));
        Assert.Equal(written, number.ToDecimal().ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("10000000000000000000000")]
    [InlineData("99999999999999999990")]
    [InlineData("1.23456789012345678901")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("9999999999999999999.00x")]
    [InlineData("9999999999999999999.0.0")]
    [InlineData("-0")]
    [InlineData("")]
    public void What_it_cannot_hold_it_refuses(string text) => Assert.False(Read(text, out _));

    [Theory]
    [InlineData("1.5", 0, false, 0)]
    [InlineData("1.0", 0, true, 1)]
    [InlineData("1.5", 1, true, 15)]
    [InlineData("1.5", 18, true, 1_500_000_000_000_000_000)]
    [InlineData("9.3", 18, false, 0)]
    [InlineData("0.0000000000000000000000000000", 8, true, 0)]
    [InlineData("0.0000000000000000000000000001", 8, false, 0)]
    [InlineData("9999999999999999999", 0, false, 0)]
    [InlineData("9223372036854775807", 0, true, long.MaxValue)]
    [InlineData("9223372036854775808", 0, false, 0)]
    public void Another_scale_loses_nothing_or_is_refused(string text, int scale, bool possible, long digits)
    {
        Assert.True(Read(text, out var number));
        Assert.Equal(possible, number.TryScale(scale, out var scaled));
        Assert.True(!possible || scaled == digits);
    }

    [Property(MaxTest = 500)]
    public void It_reads_what_decimal_reads(ulong digits, byte point)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture);
        text = point % 20 < text.Length && point % 20 > 0 ? text.Insert(point % 20, ".") : text;

        var possible = Read(text, out var number);

        Assert.Equal(digits <= 9_999_999_999_999_999_999 || (text.Contains('.', StringComparison.Ordinal) && text[^1] == '0'), possible);
        Assert.True(!possible || number.ToDecimal() == decimal.Parse(text, CultureInfo.InvariantCulture));
    }

    private static bool Read(string text, out FixedPoint number) => FixedPoint.TryParse(Encoding.UTF8.GetBytes(text), out number);
}
