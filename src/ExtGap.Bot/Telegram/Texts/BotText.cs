using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>A bot's start and stop.</summary>
internal static class BotText
{
    private const int MaxDetailLength = 500;

    public static void Write(MessageWriter to, BotMessage.Started message)
    {
        var words = to.Words;
        if (message.ContinuedFrom is { } last)
        {
            to.Line(words.Continued(to.Format.Time(last)));
            to.Line(words.CandlesCaughtUp(message.CandlesCaughtUp));
        }
        else
        {
            to.Line(words.NewLedger, message.CandlesCaughtUp > 0 ? words.CandlesCaughtUp(message.CandlesCaughtUp) : null);
        }

        to.Line(to.Show(message.Trend));
        WriteTrades(to, message.Trader);
        to.Standing(message.Trader, message.LastClose);
    }

    public static void Write(MessageWriter to, BotMessage.Stopped message)
    {
        var (words, trader) = (to.Words, message.Trader);
        to.Line(words.Because(message.Reason, message.Detail is { } detail ? TelegramText.OneLine(detail, MaxDetailLength) : null));
        if (trader.Position is { } position)
        {
            to.Line(words.PositionKept);
            to.Position(position);
        }

        if (trader.PendingEntry is { } side)
        {
            to.Line(words.PendingEntryKept(Marks.NameOf(side)));
        }

        if (trader is { Position: null, PendingEntry: null })
        {
            to.Line(words.NothingKept);
        }

        WriteTrades(to, trader);
        to.Line(words.Uptime(to.Format.Duration(message.Uptime)));
    }

    private static void WriteTrades(MessageWriter to, TraderState trader) => to.Line(
        trader.Statistics.Count > 0 ? to.Words.Record(trader.Statistics, to.Gain(trader.Statistics.Profit)) : to.Words.NoTrade);
}
