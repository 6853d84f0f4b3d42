using System.Globalization;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class TextFormatTests
{
    private static readonly TextFormat English = TextFormat.English;
    private static readonly TextFormat French = TextFormat.French;

    [Theory]
    [InlineData("0.10", "67250.10", "67,250.1", "67\u202F250,1")]
    [InlineData("0.10", "67250.15", "67,250.15", "67\u202F250,15")]
    [InlineData("1", "1234567", "1,234,567", "1\u202F234\u202F567")]
    [InlineData("0.00001", "0.12", "0.12000", "0,12000")]
    [InlineData("0.00000001", "0.00001234", "0.00001234", "0,00001234")]
    public void A_price_has_the_decimals_of_the_tick_and_all_of_its_own(string tick, string price, string english, string french)
    {
        var instrument = Some.Origin("BTCUSDT", "BTC", tick, "3m").Instrument;

        Assert.Equal(english, English.Price(Price.Parse(price), instrument));
        Assert.Equal(french, French.Price(Price.Parse(price), instrument));
    }

    [Theory]
    [InlineData("0.1", 1)]
    [InlineData("0.00001", 5)]
    [InlineData("0.00000001", 8)]
    [InlineData("0.25", 2)]
    [InlineData("1", 0)]
    [InlineData("100", 0)]
    public void Decimals_follow_from_the_tick_size(string tick, int decimals) => Assert.Equal(decimals, Instrument.DecimalsOf(Price.Parse(tick)));

    [Theory]
    [InlineData("12.345", "+12.35 USDT", "+12,35\u00A0USDT")]
    [InlineData("-4.405", "−4.41 USDT", "−4,41\u00A0USDT")]
    [InlineData("0", "0.00 USDT", "0,00\u00A0USDT")]
    [InlineData("0.0049", "0.00 USDT", "0,00\u00A0USDT")]
    [InlineData("-0.0049", "0.00 USDT", "0,00\u00A0USDT")]
    [InlineData("-1234567.5", "−1,234,567.50 USDT", "−1\u202F234\u202F567,50\u00A0USDT")]
    public void A_gain_or_loss_has_a_sign_and_zero_has_none(string amount, string english, string french)
    {
        var money = decimal.Parse(amount, CultureInfo.InvariantCulture);

        Assert.Equal(english, English.SignedMoney(money, Some.Bitcoin.Instrument));
        Assert.Equal(french, French.SignedMoney(money, Some.Bitcoin.Instrument));
    }

    [Theory]
    [InlineData("0.014869866944", "0.01486987 BTC")]
    [InlineData("0.1234567891", "0.1234568 BTC")]
    [InlineData("0.015625", "0.015625 BTC")]
    [InlineData("5.56297285", "5.562973 BTC")]
    [InlineData("8100.4455", "8,100.446 BTC")]
    [InlineData("1000", "1,000 BTC")]
    [InlineData("81037277.147", "81,037,277 BTC")]
    [InlineData("10", "10 BTC")]
    public void A_quantity_has_seven_digits_that_matter(string quantity, string text) =>
        Assert.Equal(text, English.Quantity(decimal.Parse(quantity, CultureInfo.InvariantCulture), Some.Bitcoin.Instrument));

    [Theory]
    [InlineData("2025-11-11 18:51:59.999", "2025-11-11 18:52 UTC", "11/11/2025 18:52 UTC")]
    [InlineData("2025-12-31 23:59:59.999", "2026-01-01 00:00 UTC", "01/01/2026 00:00 UTC")]
    [InlineData("2025-11-11 18:52", "2025-11-11 18:52 UTC", "11/11/2025 18:52 UTC")]
    [InlineData("2025-11-11 18:52:59.5", "2025-11-11 18:52 UTC", "11/11/2025 18:52 UTC")]
    [InlineData("9999-12-31 23:59:59.999", "9999-12-31 23:59 UTC", "31/12/9999 23:59 UTC")]
    public void A_candle_closes_at_the_full_minute(string time, string english, string french)
    {
        Assert.Equal(english, English.Time(Some.Time(time)));
        Assert.Equal(french, French.Time(Some.Time(time)));
    }

    [Theory]
    [InlineData("00:00:00", "0 s", "0\u00A0s")]
    [InlineData("00:00:42", "42 s", "42\u00A0s")]
    [InlineData("00:04:30", "4 min 30 s", "4\u00A0min\u00A030\u00A0s")]
    [InlineData("02:05:59", "2 h 05 min", "2\u00A0h\u00A005\u00A0min")]
    [InlineData("23:59:59.999", "24 h", "24\u00A0h")]
    [InlineData("1.12:00:00", "36 h", "36\u00A0h")]
    [InlineData("2.00:10:00", "2 d", "2\u00A0j")]
    [InlineData("12.04:31:08", "12 d 04 h", "12\u00A0j\u00A004\u00A0h")]
    [InlineData("-00:00:05", "0 s", "0\u00A0s")]
    public void A_duration_has_its_two_largest_units(string span, string english, string french)
    {
        Assert.Equal(english, English.Duration(TimeSpan.Parse(span, CultureInfo.InvariantCulture)));
        Assert.Equal(french, French.Duration(TimeSpan.Parse(span, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("2.00:10:00", "2 d 00 h 10 min")]
    [InlineData("2.01:30:00", "2 d 01 h 30 min")]
    [InlineData("1.00:00:00", "24 h")]
    public void A_configured_span_is_told_exactly(string span, string text) =>
        Assert.Equal(text, English.ExactDuration(TimeSpan.Parse(span, CultureInfo.InvariantCulture)));

    [Fact]
    public void A_percentage_has_one_decimal()
    {
        Assert.Equal("58.3%", English.Percent(0.58333m));
        Assert.Equal("58,3\u00A0%", French.Percent(0.58333m));
    }
}
