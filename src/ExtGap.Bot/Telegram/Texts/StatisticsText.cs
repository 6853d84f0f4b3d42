namespace ExtGap.Bot.Telegram.Texts;

/// <summary>What it all comes to: gaps, trades, and how the bot fares.</summary>
internal static class StatisticsText
{
    public static void Write(MessageWriter to, BotMessage.Statistics message)
    {
        WriteGaps(to, message);
        to.Blank();
        WriteTrades(to, message);
        to.Blank();
        WriteBot(to, message);
    }

    private static void WriteGaps(MessageWriter to, BotMessage.Statistics message)
    {
        var (words, gaps) = (to.Words, message.Gaps);
        to.Line(to.Show(message.Trend));
        if (gaps.Count > 0)
        {
            to.Line(words.Gaps(gaps));
            to.Line(words.Reversals(gaps.Reversals));
        }

        if (gaps.MeanTimeBetween is { } mean)
        {
            to.Line(words.MeanTimeBetween(to.Format.Duration(mean)));
        }
    }

    private static void WriteTrades(MessageWriter to, BotMessage.Statistics message)
    {
        var (words, format, trades) = (to.Words, to.Format, message.Trader.Statistics);
        if (trades.WinRate is { } rate)
        {
            to.Line(words.Trades(trades));
            to.Line(words.WinRate(format.Percent(rate)), trades.ProfitFactor is { } factor ? words.ProfitFactor(format.Number(factor, 2)) : null);
            to.Line(
                trades.MeanWin is { } win ? words.MeanWin(to.Gain(win)) : null,
                trades.MeanLoss is { } loss ? words.MeanLoss(to.Gain(loss)) : null);
            to.Line(words.FeesAndVolume(format.Money(trades.Fees, to.Instrument), format.Money(trades.Volume, to.Instrument)));
        }

        to.Standing(message.Trader, message.LastClose);
    }

    private static void WriteBot(MessageWriter to, BotMessage.Statistics message)
    {
        var (words, format, feed) = (to.Words, to.Format, message.Feed);
        to.Line(words.Uptime(format.Duration(message.Uptime)));
        to.Line(
            feed.ReconnectingSince is { } since ? words.FeedReconnecting(format.Time(since)) : words.FeedLive,
            words.Reconnects(feed.Reconnects));
        if (feed.LastCandle is { } last)
        {
            to.Line(words.LastCandle(format.Time(last)));
        }
    }
}
