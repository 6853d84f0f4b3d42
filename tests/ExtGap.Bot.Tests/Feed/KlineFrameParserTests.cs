using System.Text;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Feed;

public sealed class KlineFrameParserTests
{
    public static TheoryData<string, string> Faulty => new()
    {
        { "\"o\":\"0.0010\"", "\"o\":\"0\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"-0.0010\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"1e-3\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"1e5\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"NaN\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"Infinity\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"0.001000001\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"\"" },
        { "\"o\":\"0.0010\"", "\"o\":\" 0.0010\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"0,0010\"" },
        { "\"o\":\"0.0010\"", "\"o\":\"99999999999999999999999999999999\"" },
        { "\"o\":\"0.0010\"", "\"o\":null" },
        { "\"o\":\"0.0010\"", "\"o\":true" },
        { "\"o\":\"0.0010\"", "\"o\":{}" },
        { "\"o\":\"0.0010\"", "\"o\":[\"0.0010\"]" },
        { "\"o\":\"0.0010\"", "\"o\":{\"o\":\"0.0010\"}" },
        { "\"o\":\"0.0010\"", "\"q\":{\"o\":\"0.0010\"}" },
        { "\"h\":\"0.0025\"", "\"h\":\"0.0019\"" },
        { "\"h\":\"0.0025\"", "\"h\":\"0.0001\"" },
        { "\"l\":\"0.0005\"", "\"l\":\"0.0011\"" },
        { "\"v\":\"1000\"", "\"v\":\"-1\"" },
        { "\"v\":\"1000\"", "\"v\":null" },
        { "\"n\":100", "\"n\":-1" },
        { "\"n\":100", "\"n\":\"100\"" },
        { "\"n\":100", "\"n\":1.5" },
        { "\"n\":100", "\"n\":99999999999999999999" },
        { "\"x\":false", "\"x\":\"false\"" },
        { "\"x\":false", "\"x\":0" },
        { "\"x\":false", "\"x\":null" },
        { "\"t\":1638747660000", "\"t\":\"1638747660000\"" },
        { "\"t\":1638747660000", "\"t\":-60000" },
        { "\"t\":1638747660000", "\"t\":1638747660001" },
        { "\"t\":1638747660000", "\"t\":9223372036854775807" },
        { "\"t\":1638747660000", "\"t\":1638747600000" },
        { "\"T\":1638747719999", "\"T\":1638747720000" },
        { "\"E\":1638747660000", "\"E\":1638747659999" },
        { "\"E\":1638747660000", "\"E\":-1" },
        { "\"E\":1638747660000", "\"E\":\"1638747660000\"" },
        { "\"E\":1638747660000", "\"E\":1e300" },
        { "\"s\":\"BTCUSDT\",\"i\"", "\"s\":\"XRPUSDT\",\"i\"" },
        { "\"s\":\"BTCUSDT\",\"i\"", "\"s\":\"btcusdt\",\"i\"" },
        { "\"s\":\"BTCUSDT\",\"i\"", "\"s\":\"\",\"i\"" },
        { "\"s\":\"BTCUSDT\",\"i\"", "\"s\":1,\"i\"" },
        { "\"i\":\"1m\"", "\"i\":\"1M\"" },
        { "\"i\":\"1m\"", "\"i\":\"3m\"" },
        { "\"i\":\"1m\"", "\"i\":1" },
        { "\"o\":\"0.0010\"", "\"o\":\"0.0010\",\"o\":\"-1\"" },
        { "\"s\":\"BTCUSDT\",\"i\"", "\"s\":\"BTCUSDT\",\"s\":\"XRPUSDT\",\"i\"" },
        { "\"i\":\"1m\"", "\"i\":\"1m\",\"i\":\"5m\"" },
        { "\"t\":1638747660000", "\"t\":1638747660000,\"t\":-1" },
        { "\"E\":1638747660000", "\"E\":1638747660000,\"E\":9223372036854775807" },
    };

    [Fact]
    public void A_frame_is_read_the_same_from_a_raw_and_from_a_combined_stream()
    {
        foreach (var message in new[] { Frames.Raw, Frames.Combined })
        {
            Assert.Equal(FrameKind.Kline, Frames.Parse(message, out var frame, out var fault));
            Assert.Null(fault);
            Assert.Equal(1, frame.SymbolIndex);
            Assert.Equal(new Instant(1_638_747_660_000), frame.EventTime);
            Assert.Equal(100, frame.TradeCount);
            Assert.False(frame.IsClosed);
            var expected = new Candle(
                new(1_638_747_660_000), new(1_638_747_719_999), Price.Parse("0.0010"), Price.Parse("0.0025"), Price.Parse("0.0005"), Price.Parse("0.0020"), 1000m);
            Assert.Equal(expected, frame.Candle);
        }
    }

    [Fact]
    public void The_documented_example_whose_low_is_above_its_open_is_bad()
    {
        Assert.Equal(FrameKind.Bad, Frames.Parse(Frames.Documented, out _, out var fault));
        Assert.Equal("prices that do not fit together", fault);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_frame_with_something_absurd_in_it_is_bad(string good, string bad)
    {
        Assert.Contains(good, Frames.Raw, StringComparison.Ordinal);
        var message = Frames.Raw.Replace(good, bad, StringComparison.Ordinal);

        Assert.Equal(FrameKind.Bad, Frames.Parse(message, out _, out var fault));
        Assert.False(string.IsNullOrWhiteSpace(fault));
        Assert.Equal(FrameKind.Bad, Frames.KindOf(Frames.Combine(message)));
    }

    [Theory]
    [InlineData("E")]
    [InlineData("t")]
    [InlineData("T")]
    [InlineData("i")]
    [InlineData("o")]
    [InlineData("c")]
    [InlineData("h")]
    [InlineData("l")]
    [InlineData("v")]
    [InlineData("n")]
    [InlineData("x")]
    public void A_frame_that_lacks_a_field_is_bad_and_the_fault_says_which(string field)
    {
        Assert.Equal(FrameKind.Bad, Frames.Parse(Frames.Raw.Replace($"\"{field}\":", "\"?\":", StringComparison.Ordinal), out _, out var fault));
        Assert.Contains("missing", fault, StringComparison.Ordinal);
        Assert.Equal(FrameKind.Bad, Frames.KindOf(Frames.Raw.Replace("\"s\":\"BTCUSDT\",\"i\"", "\"i\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"result":null,"id":1}""", nameof(FrameKind.Other))]
    [InlineData("""{"id":3,"result":["btcusdt@kline_1m"]}""", nameof(FrameKind.Other))]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request: unknown variant"},"id":1}""", nameof(FrameKind.Bad))]
    [InlineData("""{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}""", nameof(FrameKind.Bad))]
    [InlineData("""{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1638747660000,"s":"BTCUSDT"}}""", nameof(FrameKind.Bad))]
    [InlineData("""{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1638747660000,"s":"BTCUSDT","k":null}}""", nameof(FrameKind.Bad))]
    [InlineData("""{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1638747660000,"s":"BTCUSDT","k":[]}}""", nameof(FrameKind.Bad))]
    [InlineData("{}", nameof(FrameKind.Bad))]
    [InlineData("[]", nameof(FrameKind.Bad))]
    [InlineData("null", nameof(FrameKind.Bad))]
    [InlineData("17", nameof(FrameKind.Bad))]
    [InlineData("", nameof(FrameKind.Bad))]
    [InlineData("   ", nameof(FrameKind.Bad))]
    [InlineData("<html><body>403 Forbidden</body></html>", nameof(FrameKind.Bad))]
    [InlineData("\0\0\0\0", nameof(FrameKind.Bad))]
    public void What_is_no_frame_is_an_acknowledgement_or_bad(string message, string kind) => Assert.Equal(kind, Frames.KindOf(message).ToString());

    [Fact]
    public void A_message_cut_short_anywhere_is_bad()
    {
        foreach (var message in new[] { Encoding.UTF8.GetBytes(Frames.Raw), Encoding.UTF8.GetBytes(Frames.Combined) })
        {
            for (var length = 0; length < message.Length; length++)
            {
                Assert.Equal(FrameKind.Bad, Frames.Parser().Parse(message.AsSpan(0, length), out _, out _));
            }
        }
    }

    [Fact]
    public void Deep_nesting_trailing_garbage_and_bytes_that_are_no_text_are_bad()
    {
        Assert.Equal(FrameKind.Bad, Frames.KindOf(string.Concat(Enumerable.Repeat("{\"k\":", 5000))));
        Assert.Equal(FrameKind.Bad, Frames.KindOf(new string('[', 10_000)));
        Assert.Equal(FrameKind.Bad, Frames.KindOf(Frames.Raw + "x"));
        Assert.Equal(FrameKind.Bad, Frames.KindOf(Frames.Raw + Frames.Raw));
        byte[] message = [.. Encoding.UTF8.GetBytes(Frames.Raw.Replace("BTCUSDT", "BTC?SDT", StringComparison.Ordinal)).Select(b => b == '?' ? (byte)0xFF : b)];
        Assert.Equal(FrameKind.Bad, Frames.Parser().Parse(message, out _, out _));
    }

    [Fact]
    public void Unknown_fields_and_objects_within_a_kline_do_not_disturb_it()
    {
        var message = Frames.Raw.Replace("\"B\":\"123456\"", """ "B":{"o":"9","k":{"o":"8"},"x":true},"Z":[{"c":"7"}],"zz":1""", StringComparison.Ordinal);

        Assert.Equal(FrameKind.Kline, Frames.Parse(message, out var frame, out _));
        Assert.Equal((Price.Parse("0.0010"), Price.Parse("0.0020"), false), (frame.Candle.Open, frame.Candle.Close, frame.IsClosed));
    }

    [Fact]
    public void Two_klines_in_one_message_are_never_mixed()
    {
        var message = Frames.Raw.Replace("\"k\":", "\"k\":{\"o\":\"0.0011\",\"x\":true},\"k\":", StringComparison.Ordinal);
        Assert.Equal(FrameKind.Kline, Frames.Parse(message, out var frame, out _));
        Assert.Equal((Price.Parse("0.0010"), false), (frame.Candle.Open, frame.IsClosed));

        Assert.Equal(FrameKind.Bad, Frames.KindOf(Frames.Raw[..^1] + ",\"k\":{\"o\":\"0.0011\"}}"));
    }

    [Fact]
    public void A_month_and_a_week_are_read_with_their_own_lengths()
    {
        const string Month = """{"e":"kline","E":1740787300000,"s":"ETHUSDT","k":{"t":1738368000000,"T":1740787199999,"s":"ETHUSDT","i":"1M","o":"1","c":"1","h":"1","l":"1","v":"0","n":0,"x":true}}""";
        Assert.Equal(FrameKind.Kline, Frames.Parse(Month, out var frame, out _, "1M"));
        Assert.Equal((0, true, 0), (frame.SymbolIndex, frame.IsClosed, frame.TradeCount));
        Assert.Equal(FrameKind.Bad, Frames.Parse(Month, out _, out _, "1m"));
        Assert.Equal(FrameKind.Bad, Frames.Parse(Month.Replace("\"t\":1738368000000", "\"t\":1738368000000,\"t\":9223372036854775807", StringComparison.Ordinal), out _, out _, "1M"));
    }
}
