using System.Buffers;
using System.Globalization;
using System.Text;
using ExtGap.Bot.Projections;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Projections;

public sealed class CsvFormatTests
{
    [Theory]
    [InlineData("0", "0.00")]
    [InlineData("0.005", "0.01")]
    [InlineData("-0.005", "-0.01")]
    [InlineData("0.0049999", "0.00")]
    [InlineData("-0.0049999", "0.00")]
    [InlineData("-0.0000", "0.00")]
    [InlineData("2.675", "2.68")]
    [InlineData("-2.665", "-2.67")]
    [InlineData("1.995", "2.00")]
    [InlineData("1000", "1000.00")]
    [InlineData("1234567.895", "1234567.90")]
    [InlineData("-79228162514264.33755", "-79228162514264.34")]
    [InlineData("92233720368547758.07", "92233720368547758.07")]
    [InlineData("-92233720368547758.08", "-92233720368547758.08")]
    [InlineData("184467440737095516.16", "184467440737095516.16")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335.00")]
    public void Money_is_rounded_half_away_from_zero_and_zero_has_no_sign(string amount, string expected)
    {
        var row = new CsvRow(new byte[CsvRow.MaxLength]);
        row.AddMoney(decimal.Parse(amount, CultureInfo.InvariantCulture));
        Assert.Equal(expected.Length + 1, row.End());

        var buffer = new byte[CsvRow.MaxLength];
        row = new CsvRow(buffer);
        row.AddMoney(decimal.Parse(amount, CultureInfo.InvariantCulture));
        Assert.Equal(expected + "\n", Encoding.UTF8.GetString(buffer, 0, row.End()));
    }

    [Theory]
    [InlineData("0.014869888", "0.01486989")]
    [InlineData("0.000000005", "0.00000001")]
    [InlineData("0.0000000049", "0.00000000")]
    [InlineData("1000000000000", "1000000000000.00000000")]
    public void A_quantity_has_eight_decimals(string quantity, string expected)
    {
        var buffer = new byte[CsvRow.MaxLength];
        var row = new CsvRow(buffer);
        row.AddQuantity(decimal.Parse(quantity, CultureInfo.InvariantCulture));
        Assert.Equal(expected + "\n", Encoding.UTF8.GetString(buffer, 0, row.End()));
    }

    [Fact]
    public void A_gap_has_its_row()
    {
        var gap = new ExternalGap
        {
            Polarity = Polarity.Bearish,
            SequenceNumber = 3,
            Level = Price.Parse("0.00012345"),
            OpeningBar = new(1_762_886_880_000),
            DetectionBar = new(1_762_887_119_999),
            IsFirst = false,
            IsReversal = true,
        };
        var output = new ArrayBufferWriter<byte>();
        CsvFormat.WriteGap(output, Symbol.Parse("1000PEPEUSDT"), gap, new(1_762_887_121_034));

        Assert.Equal(
            "2025-11-11T18:52:01.034+00:00,1000PEPEUSDT,bearish,3,0.00012345,2025-11-11T18:48:00.000+00:00,2025-11-11T18:51:59.999+00:00,false,true\n",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void The_longest_possible_row_fits()
    {
        var position = new Position
        {
            Side = Side.Short,
            EntryTime = Instant.Max,
            EntryPrice = Price.FromUnits(1),
            Notional = TradingOptions.MaxNotional,
            EntryFeeRate = 0.1m,
            ExitFeeRate = 0.1m,
        };
        var trade = new Trade
        {
            Number = int.MaxValue,
            Position = position,
            ExitTime = Instant.Max,
            ExitPrice = Price.FromUnits(100_000_000),
            Reason = CloseReason.Expiry,
            Cumulative = default,
        };
        var output = new ArrayBufferWriter<byte>();
        CsvFormat.WriteTrade(output, Symbol.Parse(new string('\u6211', 30)), trade);

        Assert.Equal(17, Encoding.UTF8.GetString(output.WrittenSpan).Split(',').Length);
        Assert.Equal((byte)'\n', output.WrittenSpan[^1]);
    }

    [Fact]
    public void Files_are_named_after_symbol_and_timeframe_and_the_month_has_a_name_of_its_own()
    {
        Assert.Equal("binance_extgap_btcusdt_3m_gaps.csv", CsvFormat.GapFileName(Symbol.Parse("BTCUSDT"), Timeframe.Parse("3m")));
        Assert.Equal("binance_extgap_btcusdt_1mo_trades.csv", CsvFormat.TradeFileName(Symbol.Parse("btcusdt"), Timeframe.Parse("1M")));
        Assert.Equal("binance_extgap_btcusdt_1m_trades.csv", CsvFormat.TradeFileName(Symbol.Parse("btcusdt"), Timeframe.Parse("1m")));
    }
}
