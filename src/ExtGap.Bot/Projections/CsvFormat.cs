using System.Buffers;
using System.Diagnostics;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Projections;

/// <summary>The rows and names of the CSV files: UTF-8, <c>\n</c>, one row a gap or trade.</summary>
internal static class CsvFormat
{
    public static ReadOnlySpan<byte> GapHeader =>
        "detected_at_utc,symbol,polarity,sequence_number,gap_level,gap_opening_bar_time,detection_bar_time,is_first_gap,is_reversal\n"u8;

    public static ReadOnlySpan<byte> TradeHeader =>
        """
        Status,Open Time,Close Time,Market,Side,Entry Price,Exit Price,Position Size ($),Position Size (Qty),Gross P&L,Realized P&L,Total Fees,Close Reason,Cumulative Wins,Cumulative Losses,Cumulative P&L,Cumulative Fees

        """u8;

    public static string GapFileName(Symbol symbol, Timeframe timeframe) => FileName(symbol, timeframe, "gaps");

    public static string TradeFileName(Symbol symbol, Timeframe timeframe) => FileName(symbol, timeframe, "trades");

    public static void WriteGap(IBufferWriter<byte> output, Symbol symbol, ExternalGap gap, Instant detectedAt)
    {
        var row = new CsvRow(output.GetSpan(CsvRow.MaxLength));
        row.Add(detectedAt);
        row.Add(symbol.ToString());
        row.Add(gap.Polarity == Polarity.Bullish ? "bullish"u8 : "bearish"u8);
        row.Add(gap.SequenceNumber);
        row.Add(gap.Level);
        row.Add(gap.OpeningBar);
        row.Add(gap.DetectionBar);
        row.Add(gap.IsFirst);
        row.Add(gap.IsReversal);
        output.Advance(row.End());
    }

    public static void WriteTrade(IBufferWriter<byte> output, Symbol symbol, Trade trade)
    {
        var position = trade.Position;
        var row = new CsvRow(output.GetSpan(CsvRow.MaxLength));
        row.Add(ResultName(trade.Result));
        row.Add(position.EntryTime);
        row.Add(trade.ExitTime);
        row.Add(symbol.ToString());
        row.Add(position.Side == Side.Long ? "LONG"u8 : "SHORT"u8);
        row.Add(position.EntryPrice);
        row.Add(trade.ExitPrice);
        row.AddMoney(position.Notional);
        row.AddQuantity(position.Quantity);
        row.AddMoney(trade.GrossProfit);
        row.AddMoney(trade.RealizedProfit);
        row.AddMoney(position.Fees);
        row.Add(ReasonName(trade.Reason));
        row.Add(trade.Cumulative.Wins);
        row.Add(trade.Cumulative.Losses);
        row.AddMoney(trade.Cumulative.Profit);
        row.AddMoney(trade.Cumulative.Fees);
        output.Advance(row.End());
    }

    private static string FileName(Symbol symbol, Timeframe timeframe, string content) =>
        $"binance_extgap_{symbol.LowerCase}_{timeframe.FileName}_{content}.csv";

    private static ReadOnlySpan<byte> ResultName(TradeResult result) => result switch
    {
        TradeResult.Win => "WIN"u8,
        TradeResult.Loss => "LOSS"u8,
        TradeResult.Breakeven => "BREAKEVEN"u8,
        _ => throw new UnreachableException($"{nameof(TradeResult)} has no {result}."),
    };

    private static ReadOnlySpan<byte> ReasonName(CloseReason reason) => reason switch
    {
        CloseReason.Reverse => "REVERSE"u8,
        CloseReason.Expiry => "24H_EXPIRY"u8,
        _ => throw new UnreachableException($"{nameof(CloseReason)} has no {reason}."),
    };
}
