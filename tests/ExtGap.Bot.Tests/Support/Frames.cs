using System.Globalization;
using System.Text;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>Messages of the exchange's streams.</summary>
internal static class Frames
{
    /// <summary>The exchange's documented example ("Kline/Candlestick Streams").</summary>
    public const string Documented =
        """{"e":"kline","E":1638747660000,"s":"BTCUSDT","k":{"t":1638747660000,"T":1638747719999,"s":"BTCUSDT","i":"1m","f":100,"L":200,"o":"0.0010","c":"0.0020","h":"0.0025","l":"0.0015","v":"1000","n":100,"x":false,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}""";

    /// <summary>One whose prices fit together, as those of the documented example do not.</summary>
    public static string Raw { get; } = Documented.Replace("\"l\":\"0.0015\"", "\"l\":\"0.0005\"", StringComparison.Ordinal);

    /// <summary>The same as a combined stream has it.</summary>
    public static string Combined { get; } = Combine(Raw);

    public static string Combine(string raw) => $$"""{"stream":"btcusdt@kline_1m","data":{{raw}}}""";

    /// <summary>A minute's frame as the exchange sends it.</summary>
    public static string Minute(int minute, bool isClosed, string symbol = "BTCUSDT", long trades = 7, double? eventMinute = null)
    {
        var candle = Minutes.Candle(minute);
        var now = Minutes.At(eventMinute ?? (isClosed ? minute + 1.03 : minute + 0.1));
        return Combine(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"e":"kline","E":{{{now.UnixMilliseconds}}},"s":"{{{symbol}}}","k":{"t":{{{candle.OpenTime.UnixMilliseconds}}},"T":{{{candle.CloseTime.UnixMilliseconds}}},"s":"{{{symbol}}}","i":"1m","f":1,"L":2,"o":"{{{candle.Open}}}","c":"{{{candle.Close}}}","h":"{{{candle.High}}}","l":"{{{candle.Low}}}","v":"{{{candle.Volume}}}","n":{{{trades}}},"x":{{{(isClosed ? "true" : "false")}}},"q":"1.0","V":"1","Q":"1","B":"0"}}"""));
    }

    /// <summary>A minute's row as REST has it.</summary>
    public static string Row(int minute)
    {
        var candle = Minutes.Candle(minute);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""[{candle.OpenTime.UnixMilliseconds},"{candle.Open}","{candle.High}","{candle.Low}","{candle.Close}","{candle.Volume}",{candle.CloseTime.UnixMilliseconds},"1.0",7,"1","1","0"]""");
    }

    public static KlineFrameParser Parser(string timeframe = "1m") =>
        new(new SymbolTable([Symbol.Parse("ETHUSDT"), Symbol.Parse("BTCUSDT")]), Timeframe.Parse(timeframe));

    /// <summary>What a parser makes of a message; <paramref name="fault"/> has the reason where it is bad.</summary>
    public static FrameKind Parse(string message, out KlineFrame frame, out string? fault, string timeframe = "1m") =>
        Parser(timeframe).Parse(Encoding.UTF8.GetBytes(message), out frame, out fault);

    public static FrameKind KindOf(string message) => Parse(message, out _, out _);
}
