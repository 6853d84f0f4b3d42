using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>The words of a language, in plain text; what they are given is formatted already.</summary>
internal abstract class Wording
{
    public abstract TextFormat Format { get; }

    // Bot
    public abstract string Started { get; }

    public abstract string NewLedger { get; }

    public abstract string Continued(string lastCandle);

    public abstract string CandlesCaughtUp(long count);

    public abstract string Stopped { get; }

    public abstract string Because(StopReason reason, string? detail);

    public abstract string PositionKept { get; }

    public abstract string PendingEntryKept(string side);

    public abstract string NothingKept { get; }

    public abstract string Uptime(string span);

    public abstract string HappenedEarlier(string time);

    public abstract string DueEarlier(string time);

    // Gaps
    public abstract string FirstGapTitle(string name);

    public abstract string GapTitle(string name);

    public abstract string ReversalTitle(string name);

    public abstract string FirstGap { get; }

    public abstract string ReversalAfter(string trend);

    public abstract string Level(string price, string openingBar);

    public abstract string Close(string price);

    public abstract string WillClose(string side, string entryPrice);

    public abstract string NothingToClose { get; }

    // Trading
    public abstract string EntryExecuted(string quantity, string notional);

    public abstract string Closed(string side, string profit);

    public abstract string TradeLine(string number, string side, string entryPrice, string exitPrice, string held);

    public abstract string GrossFeesNet(string gross, string fees, string net);

    public abstract string Record(TradeStatistics trades, string profit);

    public abstract string ExpiryClose(string maxHold, string profit);

    public abstract string FlatUntilReversal { get; }

    public abstract string EntryCorrected { get; }

    public abstract string OpenWas(string right, string wrong);

    public abstract string TradeCorrected { get; }

    public abstract string PositionSince(string position, string time);

    public abstract string Unrealized(string profit, string close);

    public abstract string Flat { get; }

    public abstract string PendingEntry(string side);

    // Statistics
    public abstract string StatisticsTitle(string profit);

    public abstract string StatisticsWithoutTrade { get; }

    public abstract string Gaps(GapStatistics gaps);

    public abstract string NoGap { get; }

    public abstract string Reversals(int count);

    public abstract string MeanTimeBetween(string span);

    public abstract string Trend(string trend);

    public abstract string NoTrade { get; }

    public abstract string Trades(TradeStatistics trades);

    public abstract string WinRate(string rate);

    public abstract string FeesAndVolume(string fees, string volume);

    public abstract string MeanWin(string profit);

    public abstract string MeanLoss(string profit);

    public abstract string ProfitFactor(string factor);

    public abstract string FeedLive { get; }

    public abstract string FeedReconnecting(string since);

    public abstract string LastCandle(string time);

    public abstract string Reconnects(int count);

    // Folds
    public abstract string FoldedGaps(int count);

    public abstract string FoldedEvents(int count);

    public abstract string TimesInUtc { get; }

    public abstract string CaughtUpLegend { get; }

    public abstract string First { get; }
}
