using System.Globalization;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Strategy;

/// <summary>Puts what happens into log lines.</summary>
internal sealed class StrategyLog(string name, ILogger log)
{
    public void Tell(EngineEvent happened)
    {
        switch (happened)
        {
            case EngineEvent.GapDetected { Gap: var gap }:
                var remark = gap.IsFirst ? ", the first" : gap.IsReversal ? ", a reversal" : string.Empty;
                log.GapDetected(name, gap.Polarity == Polarity.Bullish ? "bullish" : "bearish", gap.SequenceNumber, Show(gap.Level), gap.OpeningBar, gap.DetectionBar, remark);
                break;
            case EngineEvent.EntryExecuted { Position: var position }:
                log.EntryExecuted(name, Marks.NameOf(position.Side), Show(position.EntryPrice), position.EntryTime);
                break;
            case EngineEvent.PositionClosed { Trade: var trade }:
                TellClosed(trade);
                break;
            case EngineEvent.TradeCorrected { Right: var trade }:
                TellClosed(trade);
                break;
            case EngineEvent.EntryCorrected { Wrong: var wrong, Right: var right }:
                log.EntryCorrected(name, Show(wrong.EntryPrice), Show(right.EntryPrice), right.EntryTime);
                break;
            default:
                throw new InvalidOperationException($"{nameof(EngineEvent)} has a case {happened.GetType().Name} that has no words.");
        }
    }

    /// <summary>Where a strategy stands, in words.</summary>
    public static string Describe(StrategyEngine engine)
    {
        var trader = engine.Trader;
        var position = trader.Position is { } open ? $"{Marks.NameOf(open.Side)} since {open.EntryTime} at {Show(open.EntryPrice)}" : "flat";
        var pending = trader.PendingEntry is { } side ? $", entry {Marks.NameOf(side)} pending" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{position}{pending}, {engine.Gaps.Count} gaps, {trader.Statistics.Count} trades, {Show(trader.Statistics.Profit)} USD");
    }

    private void TellClosed(Trade trade) => log.PositionClosed(
        name,
        Marks.NameOf(trade.Position.Side),
        Show(trade.Position.EntryPrice),
        Show(trade.ExitPrice),
        trade.Result.ToString().ToUpperInvariant(),
        Show(trade.RealizedProfit),
        trade.Reason == CloseReason.Reverse ? "reversed" : "held long enough",
        Show(trade.Cumulative.Profit));

    private static string Show(Price price) => price.ToDecimal().ToString("0.########", CultureInfo.InvariantCulture);

    private static string Show(decimal money) => Rounding.Money(money).ToString("0.00", CultureInfo.InvariantCulture);
}
