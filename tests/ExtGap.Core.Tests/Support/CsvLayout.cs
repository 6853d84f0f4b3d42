using System.Globalization;
using ExtGap.Core.Gaps;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Tests.Support;

/// <summary>Gaps and trades as the CSV files have them, written plainly so that the bot's own writer has something to be measured by.</summary>
internal static class CsvLayout
{
    public static string Gaps(string symbol, IEnumerable<ExternalGap> gaps) =>
        "symbol,polarity,sequence_number,gap_level,gap_opening_bar_time,detection_bar_time,is_first_gap,is_reversal\n"
        + string.Concat(gaps.Select(gap => string.Join(
            ',',
            symbol,
            gap.Polarity == Polarity.Bullish ? "bullish" : "bearish",
            gap.SequenceNumber,
            Fixed(gap.Level.ToDecimal(), 8),
            gap.OpeningBar,
            gap.DetectionBar,
            gap.IsFirst ? "true" : "false",
            gap.IsReversal ? "true" : "false") + "\n"));

    public static string Trades(string symbol, IEnumerable<Trade> trades) =>
        "Status,Open Time,Close Time,Market,Side,Entry Price,Exit Price,Position Size ($),Position Size (Qty),Gross P&L,Realized P&L,"
        + "Total Fees,Close Reason,Cumulative Wins,Cumulative Losses,Cumulative P&L,Cumulative Fees\n"
        + string.Concat(trades.Select(trade => string.Join(
            ',',
            trade.Result.ToString().ToUpperInvariant(),
            trade.Position.EntryTime,
            trade.ExitTime,
            symbol,
            trade.Position.Side == Side.Long ? "LONG" : "SHORT",
            Fixed(trade.Position.EntryPrice.ToDecimal(), 8),
            Fixed(trade.ExitPrice.ToDecimal(), 8),
            Fixed(trade.Position.Notional, 2),
            Fixed(trade.Position.Quantity, 8),
            Fixed(trade.GrossProfit, 2),
            Fixed(trade.RealizedProfit, 2),
            Fixed(trade.Position.Fees, 2),
            trade.Reason == CloseReason.Reverse ? "REVERSE" : "24H_EXPIRY",
            trade.Cumulative.Wins,
            trade.Cumulative.Losses,
            Fixed(trade.Cumulative.Profit, 2),
            Fixed(trade.Cumulative.Fees, 2)) + "\n"));

    private static string Fixed(decimal value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0m : rounded).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }
}
