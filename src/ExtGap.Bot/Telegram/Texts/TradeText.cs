using System.Globalization;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>Entries and exits.</summary>
internal static class TradeText
{
    public static string EntryTitle(TextFormat format, Position position, Instrument instrument) =>
        $"{Marks.NameOf(position.Side)} @ {format.Price(position.EntryPrice, instrument)}";

    public static void Write(MessageWriter to, BotMessage.EntryExecuted message)
    {
        var (words, format, position) = (to.Words, to.Format, message.Position);
        if (message.Closed is { } trade)
        {
            to.Line(Closed(words, trade, to.Instrument));
        }

        to.Line(words.EntryExecuted(format.Quantity(position.Quantity, to.Instrument), format.Money(position.Notional, to.Instrument)));
        if (message.Closed is { } closed)
        {
            to.Blank();
            Write(to, closed);
        }
    }

    public static void Write(MessageWriter to, BotMessage.PositionExpired message)
    {
        Write(to, message.Trade);
        to.Line(to.Words.FlatUntilReversal);
    }

    public static void Write(MessageWriter to, BotMessage.EntryCorrected message)
    {
        var (words, wrong, right) = (to.Words, message.Wrong, message.Right);
        to.Line(words.OpenWas(OpenOf(right), OpenOf(wrong)));
        to.Position(right);
        if (message.Closed is { } trade)
        {
            to.Line(words.TradeCorrected);
            to.Line(Closed(words, trade, to.Instrument));
            Write(to, trade);
        }

        string OpenOf(Position position) =>
            wrong.EntryTime == right.EntryTime ? to.Show(position.EntryPrice) : $"{to.Show(position.EntryPrice)} ({to.Format.Time(position.EntryTime)})";
    }

    public static string Line(Wording words, BotMessage.EntryExecuted message)
    {
        var (format, position, instrument) = (words.Format, message.Position, message.Origin.Instrument);
        var line = $"{format.ShortTime(position.EntryTime)} {Marks.Of(position.Side)} {EntryTitle(format, position, instrument)}";
        return message.Closed is { } trade ? $"{line} · {Closed(words, trade, instrument)}" : line;
    }

    public static string Line(Wording words, BotMessage.PositionExpired message)
    {
        var trade = message.Trade;
        return $"{words.Format.ShortTime(trade.ExitTime)} {Marks.Expired}{Closed(words, trade, message.Origin.Instrument)}";
    }

    private static string Closed(Wording words, Trade trade, Instrument instrument)
    {
        var profit = words.Format.SignedMoney(trade.RealizedProfit, instrument);
        return $"{Marks.Of(trade.Result)} {words.Closed(Marks.NameOf(trade.Position.Side), profit)}";
    }

    private static void Write(MessageWriter to, Trade trade)
    {
        var (words, format, position) = (to.Words, to.Format, trade.Position);

        // An expiry's exit time is the last millisecond of a candle, which the rounding to seconds makes whole.
        var held = format.Duration(trade.ExitTime - position.EntryTime);
        to.Line(words.TradeLine(
            trade.Number.ToString(CultureInfo.InvariantCulture), Marks.NameOf(position.Side), to.Show(position.EntryPrice), to.Show(trade.ExitPrice), held));
        to.Line(words.GrossFeesNet(format.SignedCents(trade.GrossProfit), format.Cents(position.Fees), to.Gain(trade.RealizedProfit)));
        to.Line(words.Record(trade.Cumulative, to.Gain(trade.Cumulative.Profit)));
    }
}
