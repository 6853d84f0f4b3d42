using System.Text;
using ExtGap.Core.Market;
using ExtGap.Exchange.Markets;

namespace ExtGap.Exchange.Streams;

/// <summary>Writes the frames of one stream into a buffer of its own, without any allocation.</summary>
internal sealed class KlineFrame
{
    private const int MostNumbers = 512;

    private readonly byte[] _buffer;
    private readonly byte[] _beforeOpenTime;
    private readonly byte[] _beforeFirstTrade;
    private readonly Contract _contract;
    private readonly int _start;
    private readonly int _rawStart;
    private int _end;

    /// <summary>The frames of a stream of this name.</summary>
    public KlineFrame(string name, Contract contract, Timeframe timeframe)
    {
        _contract = contract;
        _beforeOpenTime = Encoding.UTF8.GetBytes($$""","s":"{{contract.Symbol}}","k":{"t":""");
        _beforeFirstTrade = Encoding.UTF8.GetBytes($$""","s":"{{contract.Symbol}}","i":"{{timeframe}}","f":""");
        var wrapping = Encoding.UTF8.GetBytes($$"""{"stream":"{{name}}","data":""");
        _start = WebSocketFrame.MaxHeader;
        _rawStart = _start + wrapping.Length;
        _buffer = new byte[_rawStart + _beforeOpenTime.Length + _beforeFirstTrade.Length + MostNumbers];
        Wrapping = wrapping;
    }

    private byte[] Wrapping { get; }

    /// <summary>Writes what the next calls give.</summary>
    /// <param name="eventTime">The frame's time.</param>
    /// <param name="closeTime">Last millisecond of the candle.</param>
    /// <param name="bar">The candle.</param>
    /// <param name="isClosed">Whether it is over.</param>
    public void Write(long eventTime, long closeTime, in Bar bar, bool isClosed)
    {
        var line = new Utf8Line(_buffer.AsSpan(_rawStart));
        line.Text("{\"e\":\"kline\",\"E\":"u8);
        line.Number(eventTime);
        line.Text(_beforeOpenTime);
        line.Number(bar.OpenTime);
        line.Text(",\"T\":"u8);
        line.Number(closeTime);
        line.Text(_beforeFirstTrade);
        line.Number(bar.FirstTradeId);
        line.Text(",\"L\":"u8);
        line.Number(bar.LastTradeId);
        WritePrices(ref line, bar);
        WriteQuantities(ref line, bar, isClosed);
        _end = _rawStart + line.Length;
    }

    /// <summary>The frame with the stream's name around it; to be asked for before <see cref="Raw"/>.</summary>
    public ReadOnlySpan<byte> Combined()
    {
        Wrapping.CopyTo(_buffer.AsSpan(_start));
        _buffer[_end] = (byte)'}';
        return WebSocketFrame.Before(_buffer, _start, _end + 1 - _start);
    }

    /// <summary>The bare frame.</summary>
    public ReadOnlySpan<byte> Raw() => WebSocketFrame.Before(_buffer, _rawStart, _end - _rawStart);

    private void WritePrices(ref Utf8Line line, in Bar bar)
    {
        line.Text(",\"o\":\""u8);
        line.Decimal(bar.Open, _contract.PriceDecimals);
        line.Text("\",\"c\":\""u8);
        line.Decimal(bar.Close, _contract.PriceDecimals);
        line.Text("\",\"h\":\""u8);
        line.Decimal(bar.High, _contract.PriceDecimals);
        line.Text("\",\"l\":\""u8);
        line.Decimal(bar.Low, _contract.PriceDecimals);
    }

    private void WriteQuantities(ref Utf8Line line, in Bar bar, bool isClosed)
    {
        line.Text("\",\"v\":\""u8);
        line.Decimal(bar.Volume, _contract.QuantityDecimals);
        line.Text("\",\"n\":"u8);
        line.Number(bar.TradeCount);
        line.Text(isClosed ? ",\"x\":true,\"q\":\""u8 : ",\"x\":false,\"q\":\""u8);
        line.Decimal(bar.QuoteVolume, _contract.QuoteDecimals);
        line.Text("\",\"V\":\""u8);
        line.Decimal(bar.TakerVolume, _contract.QuantityDecimals);
        line.Text("\",\"Q\":\""u8);
        line.Decimal(bar.TakerQuoteVolume, _contract.QuoteDecimals);
        line.Text("\",\"B\":\"0\"}}"u8);
    }
}
