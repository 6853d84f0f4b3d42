using System.Globalization;
using System.Text;
using ExtGap.Core.Market;
using FsCheck;
using FsCheck.Xunit;

namespace ExtGap.Core.Tests.Market;

public sealed class PriceTests
{
    [Theory]
    [InlineData("67250.10", 6_725_010_000_000, "67250.10000000")]
    [InlineData("0.00000001", 1, "0.00000001")]
    [InlineData("1", 100_000_000, "1.00000000")]
    [InlineData("007.5", 750_000_000, "7.50000000")]
    [InlineData("1.000000000", 100_000_000, "1.00000000")] // nine decimals, but nothing is lost
    [InlineData("0.5000000000000000000000000000000000000000", 50_000_000, "0.50000000")]
    [InlineData("0000000000000000000000000000000000000003", 300_000_000, "3.00000000")]
    [InlineData("92233720368.54775807", long.MaxValue, "92233720368.54775807")]
    public void A_price_is_read_exactly_and_written_with_eight_decimals(string text, long units, string written)
    {
        var price = Price.Parse(text);

        Assert.Equal(units, price.Units);
        Assert.Equal(price, Price.FromUnits(units));
        Assert.Equal(written, price.ToString());
        Assert.Equal(decimal.Parse(text, CultureInfo.InvariantCulture), price.ToDecimal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("0.000000000")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("1\0")]
    [InlineData("٣")]
    [InlineData("0.000000001")]
    [InlineData("1.123456789")]
    [InlineData("92233720368.54775808")]
    [InlineData("92233720369")]
    [InlineData("9999999999999999999")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("1.00000000000000000000000000000000000001")]
    public void What_is_no_positive_number_of_eight_decimals_is_refused(string text)
    {
        Assert.False(Price.TryParse(Encoding.UTF8.GetBytes(text), out var price));
        Assert.Equal(default, price);
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Price.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Property]
    public void Every_price_reads_back_from_its_text(PositiveInt high, NonNegativeInt low)
    {
        var price = Price.FromUnits(((long)high.Get << 31) | (uint)low.Get);
        Span<byte> bytes = stackalloc byte[Price.MaxTextLength];

        Assert.Equal(price, Price.Parse(price.ToString()));
        Assert.Equal(price.Units / 100_000_000m, price.ToDecimal());
        Assert.Equal((price.Units / 100_000_000m).ToString("F8", CultureInfo.InvariantCulture), price.ToString());
        Assert.True(price.TryFormat(bytes, out var written));
        Assert.Equal(price.ToString(), Encoding.UTF8.GetString(bytes[..written]));
    }

    [Property]
    public void A_price_is_the_decimal_that_was_written(uint whole, uint fraction, byte decimals)
    {
        var text = $"{whole % 1_000_000}.{(fraction % 100_000_000).ToString("D8", CultureInfo.InvariantCulture)[..(1 + (decimals % 8))]}";
        var expected = decimal.Parse(text, CultureInfo.InvariantCulture);

        Assert.Equal(expected > 0, Price.TryParse(Encoding.UTF8.GetBytes(text), out var price));
        Assert.True(expected == 0 || price.ToDecimal() == expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(13)]
    public void Too_little_room_is_told(int room)
    {
        var written = 0;
        Assert.False(Price.Parse("67250.1").TryFormat(new byte[room], out written));
        Assert.True(written <= room);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void There_is_no_price_of_zero_or_less(long units) => Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromUnits(units));

    [Fact]
    public void Prices_compare_as_numbers()
    {
        var (nine, ten) = (Price.Parse("9.99999999"), Price.Parse("10"));

        Assert.True(nine < ten && ten > nine && nine <= ten && ten >= nine && nine.CompareTo(ten) < 0);
        Assert.False(ten < nine || nine > ten || ten <= nine || nine >= ten);
    }
}
