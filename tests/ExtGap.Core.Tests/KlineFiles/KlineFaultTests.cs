using System.IO.Pipes;
using ExtGap.Core.Tests.Support;
using ExtGap.KlineFiles;

namespace ExtGap.Core.Tests.KlineFiles;

public sealed class KlineFaultTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("garbage", "there are 1 columns instead of 12")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,70.5,3,4,40.25", "there are 11 columns instead of 12")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,70.5,3,4,40.25,0,0", "there are 13 columns instead of 12")]
    [InlineData("-1735689720000,10,12.5,9,11,7,1735689779999,70.5,3,4,40.25,0", "the open time is '-1735689720000'")]
    [InlineData("+1735689720000,10,12.5,9,11,7,1735689779999,70.5,3,4,40.25,0", "the open time is '+1735689720000'")]
    [InlineData("1735689720000.0,10,12.5,9,11,7,1735689779999,70.5,3,4,40.25,0", "the open time is '1735689720000.0'")]
    [InlineData(",10,12.5,9,11,7,1735689779999,70.5,3,4,40.25,0", "the open time is ''")]
    [InlineData("9223372036854775807,10,12.5,9,11,7,9223372036854775807,70.5,3,4,40.25,0", "a time before the year 10000")]
    [InlineData("99999999999999999999,10,12.5,9,11,7,1735689779999,70.5,3,4,40.25,0", "the open time is")]
    [InlineData("1735689720000,0,12.5,0,11,7,1735689779999,70.5,3,4,40.25,0", "the open is '0'")]
    [InlineData("1735689720000,10,-12.5,9,11,7,1735689779999,70.5,3,4,40.25,0", "the high is '-12.5'")]
    [InlineData("1735689720000,10,12.5,0.00,11,7,1735689779999,70.5,3,4,40.25,0", "the low is '0.00'")]
    [InlineData("1735689720000,10,12.5,9,1e1,7,1735689779999,70.5,3,4,40.25,0", "the close is '1e1'")]
    [InlineData("1735689720000,10,12.5,9,11.123456789,7,1735689779999,70.5,3,4,40.25,0", "a positive price with at most 8 decimals")]
    [InlineData("1735689720000,10,12.5,9,1\01,7,1735689779999,70.5,3,4,40.25,0", "the close is '1\01'")]
    [InlineData("1735689720000,10,12.5,9,11,-7,1735689779999,70.5,3,4,40.25,0", "the volume is '-7'")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,x,3,4,40.25,0", "the quote volume is 'x'")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,70.5,-3,4,40.25,0", "the number of trades is '-3'")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,70.5,3.5,4,40.25,0", "the number of trades is '3.5'")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,70.5,3,-4,40.25,0", "the taker buy volume is '-4'")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,70.5,3,4,,0", "the taker buy quote volume is ''")]
    [InlineData("1735689720000,10,9,12.5,11,7,1735689779999,70.5,3,4,40.25,0", "do not bound")]
    [InlineData("1735689720000,13,12.5,9,11,7,1735689779999,70.5,3,4,40.25,0", "do not bound")]
    [InlineData("1735689720000,10,12.5,9,8,7,1735689779999,70.5,3,4,40.25,0", "do not bound")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689780000,70.5,3,4,40.25,0", "does not end a candle of 1m")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735690019999,70.5,3,4,40.25,0", "does not end a candle of 1m")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689719999,70.5,3,4,40.25,0", "does not end a candle of 1m")]
    [InlineData("1735689660000,10,12.5,9,11,7,1735689959999,70.5,3,4,40.25,0", "does not end a candle of 1m")] // opens with the line before it
    [InlineData("1735689730000,10,12.5,9,11,7,1735689789999,70.5,3,4,40.25,0", "no candle of 1m opens at 2025-01-01T00:02:10.000+00:00")]
    [InlineData("1735689720000,10,12.5,9,11,7,1735689779999,70.5,-0,4,40.25,0", "the number of trades is '-0'")]
    [InlineData("1735689540000,10,12.5,9,11,7,1735689599999,70.5,3,4,40.25,0", "is before the line before it")]
    [InlineData("open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore", "the open time is 'open_time'")]
    public void A_bad_line_is_told_with_file_line_and_reason(string line, string reason)
    {
        var path = _folder.Write("BTCUSDT-1m.csv", KlineText.Header + KlineText.Minutes(0, 1) + line + "\n" + KlineText.Minutes(3));

        var message = Fault(path);

        Assert.StartsWith($"{path}, line 4: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1735689600000,10,12.5,9,11,7,1735690019999,70.5,3,4,40.25,0")] // seven minutes
    [InlineData("1735689600000,10,12.5,9,11,7,1735689600000,70.5,3,4,40.25,0")]
    [InlineData("1735689600000,10,12.5,9,11,7,0,70.5,3,4,40.25,0")]
    [InlineData("0,1,1,1,1,0,253402300799999,0,0,0,0,0")]
    public void A_first_line_of_no_timeframe_is_told(string line)
    {
        var path = _folder.Write("a.csv", line);

        Assert.Contains(", line 1: a kline from", Fault(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(300_000)]
    [InlineData(5_000_000)]
    public void A_huge_line_is_told_without_being_kept(int length)
    {
        var path = _folder.Write("a.csv", KlineText.Minute(0) + new string('1', length) + "\n");

        var message = Fault(path);

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("line ", message, StringComparison.Ordinal);
        Assert.True(message.Length < path.Length + 200);
    }

    [Fact]
    public void A_file_of_nul_bytes_is_told()
    {
        var path = _folder.Write("a.csv", new string('\0', 100_000));

        Assert.Contains("a.csv", Fault(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_refused_is_not_held_open()
    {
        foreach (var content in new[] { string.Empty, "garbage\n" })
        {
            var path = _folder.Write("a.csv", content);
            Assert.Throws<KlineFileException>(() => KlineFileReader.Open(path));

            using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }

    [Fact]
    public void A_pipe_is_refused_for_it_has_no_length()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no path for an open handle.");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);

        Assert.Contains("this is a pipe", Fault($"/dev/fd/{pipe.GetClientHandleAsString()}"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Fault(string path) => Assert.Throws<KlineFileException>(() => KlineFile.Candles(path)).Message;
}
