using System.Text.Json;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>What a message on a stream turned out to be.</summary>
internal enum FrameKind
{
    /// <summary>An update of a candle.</summary>
    Kline,

    /// <summary>Something else that is in order, such as an acknowledgement.</summary>
    Other,

    /// <summary>Nothing that can be used.</summary>
    Bad,
}

/// <summary>
/// Reads the messages of the kline streams of one timeframe, combined (<c>{"stream":…,"data":{…}}</c>) or raw, without allocating.
/// Format: Binance USDⓈ-M futures, "Kline/Candlestick Streams".
/// </summary>
internal sealed class KlineFrameParser
{
    private readonly SymbolTable _symbols;
    private readonly Timeframe _timeframe;
    private readonly byte[] _interval;

    public KlineFrameParser(SymbolTable symbols, Timeframe timeframe)
    {
        _symbols = symbols;
        _timeframe = timeframe;
        _interval = System.Text.Encoding.UTF8.GetBytes(timeframe.ToString());
    }

    /// <summary>Reads one message.</summary>
    /// <param name="message">The message, UTF-8.</param>
    /// <param name="frame">The update, if it is one.</param>
    /// <param name="fault">What is wrong with it, if it is bad.</param>
    public FrameKind Parse(ReadOnlySpan<byte> message, out KlineFrame frame, out string? fault)
    {
        frame = default;
        fault = null;
        var fields = default(Fields);
        try
        {
            var reader = new Utf8JsonReader(message);
            Read(ref reader, ref fields);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            fault = "not the JSON of a kline";
            return FrameKind.Bad;
        }

        if ((fields.Seen & Field.Kline) == Field.None && fields.IsReply && !fields.IsError)
        {
            return FrameKind.Other;
        }

        fault = Check(fields);
        frame = new(fields.Symbol, fields.EventTime, fields.ToCandle(), fields.TradeCount, fields.IsClosed);
        return fault is null ? FrameKind.Kline : FrameKind.Bad;
    }

    private void Read(ref Utf8JsonReader reader, ref Fields fields)
    {
        var klineDepth = int.MaxValue;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth < klineDepth)
            {
                klineDepth = int.MaxValue;
            }

            // What lies deeper in a kline is nothing of the kline's.
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > klineDepth)
            {
                continue;
            }

            var inKline = reader.CurrentDepth == klineDepth;
            var name = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : (byte)0;
            if (name == 0)
            {
                fields.IsError |= reader.ValueTextEquals("code"u8) || reader.ValueTextEquals("error"u8);
                fields.IsReply |= reader.ValueTextEquals("result"u8);
                continue;
            }

            reader.Read();
            if (inKline)
            {
                ReadKline(name, ref reader, ref fields);
            }
            else if (name == 'k' && reader.TokenType == JsonTokenType.StartObject)
            {
                klineDepth = reader.CurrentDepth + 1;

                // Where a message has two, nothing of the one may pass for the other's.
                fields.Seen = (fields.Seen & Field.EventTime) | Field.Kline;
            }
            else if (name == 'E')
            {
                fields.Time(Field.EventTime, reader.GetInt64(), out fields.EventTime);
            }
        }
    }

    private void ReadKline(byte name, ref Utf8JsonReader reader, ref Fields fields)
    {
        switch (name)
        {
            case (byte)'t':
                fields.Time(Field.OpenTime, reader.GetInt64(), out fields.OpenTime);
                break;
            case (byte)'T':
                fields.Time(Field.CloseTime, reader.GetInt64(), out fields.CloseTime);
                break;
            case (byte)'s':
                fields.Mark(Field.Symbol, _symbols.TryFind(reader.ValueSpan, out fields.Symbol));
                break;
            case (byte)'i':
                fields.Mark(Field.Interval, reader.ValueTextEquals(_interval));
                break;
            case (byte)'o':
                fields.Price(Field.Open, reader.ValueSpan, out fields.Open);
                break;
            case (byte)'h':
                fields.Price(Field.High, reader.ValueSpan, out fields.High);
                break;
            case (byte)'l':
                fields.Price(Field.Low, reader.ValueSpan, out fields.Low);
                break;
            case (byte)'c':
                fields.Price(Field.Close, reader.ValueSpan, out fields.Close);
                break;
            case (byte)'v':
                fields.Mark(Field.Volume, FixedPoint.TryParse(reader.ValueSpan, out fields.Volume));
                break;
            case (byte)'n':
                fields.TradeCount = reader.GetInt64();
                fields.Mark(Field.TradeCount, fields.TradeCount >= 0);
                break;
            case (byte)'x':
                fields.IsClosed = reader.GetBoolean();
                fields.Mark(Field.IsClosed, isGood: true);
                break;
            default:
                break;
        }
    }

    private string? Check(in Fields fields)
    {
        if (fields.IsError)
        {
            return "an error message of the exchange's";
        }

        if (fields.Seen != Field.All)
        {
            return $"missing or wrong: {Field.All & ~fields.Seen}";
        }

        if (fields.CloseTime != _timeframe.CloseTimeOf(fields.OpenTime) || fields.EventTime < fields.OpenTime)
        {
            return $"times that do not fit together: open {fields.OpenTime}, close {fields.CloseTime}, event {fields.EventTime}";
        }

        return fields.ToCandle().IsConsistent ? null : "prices that do not fit together";
    }

    [Flags]
    private enum Field
    {
        None = 0,
        Kline = 1,
        EventTime = 1 << 1,
        OpenTime = 1 << 2,
        CloseTime = 1 << 3,
        Symbol = 1 << 4,
        Interval = 1 << 5,
        Open = 1 << 6,
        High = 1 << 7,
        Low = 1 << 8,
        Close = 1 << 9,
        Volume = 1 << 10,
        TradeCount = 1 << 11,
        IsClosed = 1 << 12,
        All = (1 << 13) - 1,
    }

    private struct Fields
    {
        public Field Seen;
        public bool IsError;
        public bool IsReply;
        public int Symbol;
        public Instant EventTime;
        public Instant OpenTime;
        public Instant CloseTime;
        public Price Open;
        public Price High;
        public Price Low;
        public Price Close;
        public FixedPoint Volume;
        public long TradeCount;
        public bool IsClosed;

        public void Time(Field field, long milliseconds, out Instant time)
        {
            time = new(milliseconds);
            Mark(field, milliseconds >= 0 && time <= Instant.Max);
        }

        public void Price(Field field, ReadOnlySpan<byte> text, out Price price) => Mark(field, Core.Market.Price.TryParse(text, out price));

        /// <summary>Notes that a field was there; of one that is there twice the last counts, so a bad one takes the note away.</summary>
        public void Mark(Field field, bool isGood) => Seen = isGood ? Seen | field : Seen & ~field;

        public readonly Candle ToCandle() => new(OpenTime, CloseTime, Open, High, Low, Close, Volume.ToDecimal());
    }
}
