using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ExtGap.Measure.Market;

/// <summary>Writes bars as the exchange's stream has them: WebSocket text frames of combined streams (RFC 6455, 5.2; not masked, as a server's are).</summary>
internal static class Frames
{
    private const byte FinalText = 0x81;
    private const byte TwoBytesOfLength = 126;
    private const int HeaderBytes = 4;

    /// <summary>The frame of a candle that is over.</summary>
    public static byte[] Closed(in Bar bar) => Frame(bar, isClosed: true, bar.CloseTime + 1);

    /// <summary>The frame of a candle that is not over yet.</summary>
    public static byte[] Open(in Bar bar) => Frame(bar, isClosed: false, bar.OpenTime + 250);

    private static byte[] Frame(in Bar bar, bool isClosed, long eventTime)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $$$$"""{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":{{{{eventTime}}}},"s":"BTCUSDT","k":{"t":{{{{bar.OpenTime}}}},"T":{{{{bar.CloseTime}}}},"s":"BTCUSDT","i":"1m","f":7012345678,"L":7012346677,"o":"{{{{Price(bar.Open)}}}}","c":"{{{{Price(bar.Close)}}}}","h":"{{{{Price(bar.High)}}}}","l":"{{{{Price(bar.Low)}}}}","v":"12.345","n":1000,"x":{{{{(isClosed ? "true" : "false")}}}},"q":"1024635.12345","V":"6.172","Q":"512317.56172","B":"0"}}}""");
        var frame = new byte[HeaderBytes + text.Length];
        frame[0] = FinalText;
        frame[1] = TwoBytesOfLength;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)text.Length);
        Encoding.ASCII.GetBytes(text, frame.AsSpan(HeaderBytes));
        return frame;
    }

    private static decimal Price(long tenths) => new((int)tenths, (int)(tenths >> 32), 0, isNegative: false, 1);
}
