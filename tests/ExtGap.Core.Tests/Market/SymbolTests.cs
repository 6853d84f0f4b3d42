using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Market;

public sealed class SymbolTests
{
    [Theory]
    [InlineData("BTCUSDT", "BTCUSDT", "btcusdt")]
    [InlineData("btcusdt", "BTCUSDT", "btcusdt")]
    [InlineData("1000ShibUSDT", "1000SHIBUSDT", "1000shibusdt")]
    [InlineData("BTCUSDT_250328", "BTCUSDT_250328", "btcusdt_250328")]
    [InlineData("币安人生USDT", "币安人生USDT", "币安人生usdt")]
    public void A_symbol_is_one_in_any_case(string text, string name, string lowerCase)
    {
        var symbol = Symbol.Parse(text);

        Assert.Equal(name, symbol.ToString());
        Assert.Equal(lowerCase, symbol.LowerCase);
        Assert.Equal(Symbol.Parse(name), symbol);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" BTCUSDT")]
    [InlineData("BTC/USDT")]
    [InlineData("BTC-USDT")]
    [InlineData("../BTCUSDT")]
    [InlineData("BTC\0USDT")]
    [InlineData("BTC,ETH")]
    [InlineData("ABCDEFGHIJABCDEFGHIJABCDEFGHIJK")]
    public void What_could_be_no_symbol_is_refused(string? text) => Assert.False(Symbol.TryParse(text, out _));

    [Fact]
    public void A_refusal_shows_what_was_asked() =>
        Assert.Contains("'BTC/USDT'", Assert.Throws<FormatException>(() => Symbol.Parse("BTC/USDT")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_symbol_without_a_name_is_never_used() => Assert.Throws<InvalidOperationException>(() => default(Symbol).ToString());
}
