using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Telegram.Texts;

/// <inheritdoc/>
internal sealed class EnglishWording : Wording
{
    public override TextFormat Format => TextFormat.English;

    public override string Started => "Started";

    public override string NewLedger => "New ledger";

    public override string Continued(string lastCandle) => $"Continued: last candle closed {lastCandle}";

    public override string CandlesCaughtUp(long count) => count == 0 ? "No candle missed" : $"{Many(count, "candle")} caught up";

    public override string Stopped => "Stopped";

    public override string Because(StopReason reason, string? detail) => reason switch
    {
        StopReason.Requested => WithDetail("On request", detail),
        StopReason.SupervisorGone => WithDetail("The supervisor is gone", detail),
        _ => detail is null ? "After an error" : $"After an error: {detail}",
    };

    public override string PositionKept => "The position stays open:";

    public override string PendingEntryKept(string side) => $"{side} stays pending: entry at the open of the next candle";

    public override string NothingKept => "No open position, no pending entry";

    public override string Uptime(string span) => $"Up {span}";

    public override string HappenedEarlier(string time) => $"Caught up after downtime: happened {time}";

    public override string DueEarlier(string time) => $"Caught up after downtime: due {time}";

    public override string FirstGapTitle(string name) => $"{name}, first gap";

    public override string GapTitle(string name) => $"{name} gap";

    public override string ReversalTitle(string name) => $"{name}, reversal";

    public override string FirstGap => "It sets the trend and opens no position";

    public override string ReversalAfter(string trend) => $"After {trend}";

    public override string Level(string price, string openingBar) => $"Level {price} (bar of {openingBar})";

    public override string Close(string price) => $"Close {price}";

    public override string WillClose(string side, string entryPrice) => $"It will close {side} @ {entryPrice}";

    public override string NothingToClose => "No open position to close";

    public override string EntryExecuted(string quantity, string notional) => $"Entry executed: {quantity}, notional {notional}";

    public override string Closed(string side, string profit) => $"{side} closed: {profit}";

    public override string TradeLine(string number, string side, string entryPrice, string exitPrice, string held) =>
        $"Trade #{number}: {side} {entryPrice} → {exitPrice}, held {held}";

    public override string GrossFeesNet(string gross, string fees, string net) => $"Gross {gross} · fees {fees} · net {net}";

    public override string Record(TradeStatistics trades, string profit) => $"Record: {Results(trades)} · P&L {profit}";

    public override string ExpiryClose(string maxHold, string profit) => $"{maxHold} close: {profit}";

    public override string FlatUntilReversal => "No position until the next reversal";

    public override string EntryCorrected => "Entry corrected";

    public override string OpenWas(string right, string wrong) => $"The closed candle opened at {right}, not {wrong}";

    public override string TradeCorrected => "The trade that it closed is corrected too:";

    public override string PositionSince(string position, string time) => $"{position} since {time}";

    public override string Unrealized(string profit, string close) =>
        $"Unrealized P&L {profit} after fees (close {close})";

    public override string Flat => "No open position";

    public override string PendingEntry(string side) => $"{side} pending: entry at the next open";

    public override string StatisticsTitle(string profit) => $"Statistics: P&L {profit}";

    public override string StatisticsWithoutTrade => "Statistics: no trade yet";

    public override string Gaps(GapStatistics gaps) =>
        $"{Many(gaps.Count, "gap")}: {Format.Count(gaps.Bullish)} bullish, {Format.Count(gaps.Bearish)} bearish";

    public override string NoGap => "No gap yet";

    public override string Reversals(int count) => count == 0 ? "No reversal" : Many(count, "reversal");

    public override string MeanTimeBetween(string span) => $"Mean time between gaps {span}";

    public override string Trend(string trend) => $"Trend {trend}";

    public override string NoTrade => "No trade yet";

    public override string Trades(TradeStatistics trades) => $"{Many(trades.Count, "trade")}: {Results(trades)}";

    public override string WinRate(string rate) => $"win rate {rate}";

    public override string FeesAndVolume(string fees, string volume) => $"Fees {fees} · volume {volume}";

    public override string MeanWin(string profit) => $"mean win {profit}";

    public override string MeanLoss(string profit) => $"mean loss {profit}";

    public override string ProfitFactor(string factor) => $"profit factor {factor}";

    public override string FeedLive => "Feed live";

    public override string FeedReconnecting(string since) => $"Feed reconnecting since {since}";

    public override string LastCandle(string time) => $"Last candle closed {time}";

    public override string Reconnects(int count) => count == 0 ? "no reconnect" : Many(count, "reconnect");

    public override string FoldedGaps(int count) => Many(count, "gap");

    public override string FoldedEvents(int count) => Many(count, "event");

    public override string TimesInUtc => "Times in UTC";

    public override string CaughtUpLegend => "caught up after downtime";

    public override string First => "first";

    private string Many(long count, string noun) => $"{Format.Count(count)} {noun}{(count == 1 ? string.Empty : "s")}";

    private string Results(TradeStatistics trades)
    {
        var results = $"{Format.Count(trades.Wins)} won, {Format.Count(trades.Losses)} lost";
        return trades.Breakevens == 0 ? results : $"{results}, {Format.Count(trades.Breakevens)} even";
    }

    private static string WithDetail(string reason, string? detail) => detail is null ? reason : $"{reason} ({detail})";
}
