using System.Text;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>Writes one message line by line. Whatever it is given is plain text and is escaped here, so that nothing gets past it.</summary>
internal sealed class MessageWriter
{
    private const int MaxNameLength = 64;

    private readonly StringBuilder _text = new();
    private readonly MessageOrigin _origin;

    public MessageWriter(Wording words, MessageOrigin origin)
    {
        Words = words;
        _origin = origin;
    }

    public Wording Words { get; }

    public TextFormat Format => Words.Format;

    public Instrument Instrument => _origin.Instrument;

    /// <summary>The first line: what it is about in bold, then the contract.</summary>
    public void Title(string mark, string essence)
    {
        var contract = $"{Instrument.Symbol} {Instrument.Timeframe}";
        _text.Append(mark).Append(" <b>").Append(TelegramText.Escape(essence)).Append("</b> · ").Append(TelegramText.Escape(contract));
    }

    public void Line(string text) => _text.Append('\n').Append(TelegramText.Escape(text));

    /// <summary>What there is of several parts, on one line that begins with a capital.</summary>
    public void Line(params ReadOnlySpan<string?> parts)
    {
        var told = new List<string>();
        foreach (var part in parts)
        {
            if (part is not null)
            {
                told.Add(part);
            }
        }

        if (told.Count > 0)
        {
            var line = string.Join(" · ", told);
            Line(char.ToUpperInvariant(line[0]) + line[1..]);
        }
    }

    public void Blank() => _text.Append('\n');

    /// <summary>The last line: who speaks, and when it happened where that isn't said above.</summary>
    public string End(Instant? time)
    {
        var name = TelegramText.OneLine(_origin.Instance, MaxNameLength);
        var footer = time is { } at ? $"{name} · {Format.Time(at)}" : name;
        return _text.Append("\n<i>").Append(TelegramText.Escape(footer)).Append("</i>").ToString();
    }

    public string Show(Price price) => Format.Price(price, Instrument);

    public string Show(Trend trend) => trend.Polarity is { } polarity ? Words.Trend(Marks.NameOf(polarity, trend.SequenceNumber)) : Words.NoGap;

    public string Gain(decimal amount) => Format.SignedMoney(amount, Instrument);

    /// <summary>The open position, what it would bring if it were closed at a price, and the pending entry.</summary>
    public void Standing(TraderState trader, Price? lastClose)
    {
        if (trader.Position is { } position)
        {
            Position(position);
            if (lastClose is { } close)
            {
                Unrealized(position, close);
            }
        }
        else
        {
            Line(Words.Flat);
        }

        if (trader.PendingEntry is { } side)
        {
            Line(Words.PendingEntry(Marks.NameOf(side)));
        }
    }

    /// <summary>What a position would bring after fees if it were closed at a price.</summary>
    public void Unrealized(Position position, Price close) =>
        Line(Words.Unrealized(Gain(position.GrossProfitAt(close) - position.Fees), Show(close)));

    /// <summary>Side, quantity, entry price and time of a position.</summary>
    public void Position(Position position)
    {
        var what = $"{Marks.NameOf(position.Side)} {Format.Quantity(position.Quantity, Instrument)} @ {Show(position.EntryPrice)}";
        Line(Words.PositionSince(what, Format.Time(position.EntryTime)));
    }
}
