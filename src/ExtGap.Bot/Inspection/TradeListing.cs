using System.Diagnostics;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Inspection;

/// <summary><c>extgap-bot trades</c>.</summary>
internal static class TradeListing
{
    private const string ByTime = "*";

    private static readonly TextColumn[] Columns =
    [
        new("#", IsNumber: true),
        new("Side"),
        new("Closed (UTC)"),
        new("Held ", IsNumber: true),
        new("Entry", IsNumber: true),
        new("Exit", IsNumber: true),
        new("P&L", IsNumber: true),
        new("Total", IsNumber: true),
    ];

    public static void Write(LedgerReader ledger, LedgerQuery query, Stream output)
    {
        if (query.Json)
        {
            WriteJson(ledger, query, output);
            return;
        }

        using var text = new StreamWriter(output, leaveOpen: true);
        var instrument = ledger.ReadInstrument();
        var total = default(TradeStatistics);
        var byTime = 0;
        TextTable.Write(text, Columns, Rows(ledger, query).Select(trade => Row(trade, instrument)));
        foreach (var trade in Rows(ledger, query))
        {
            total = total.After(trade.RealizedProfit, trade.Position.Fees, trade.Position.Notional);
            byTime += trade.Reason == CloseReason.Expiry ? 1 : 0;
        }

        var rate = total.WinRate is { } wins ? $", win rate {Words.Format.Percent(wins)}" : string.Empty;
        text.Write($"{ledger.Symbol} {ledger.Timeframe}: {Words.Trades(total)}{rate}\n");
        text.Write($"P&L {Words.Gain(total.Profit, instrument)} after {Words.Format.Money(total.Fees, instrument)} of fees\n");
        if (byTime > 0)
        {
            text.Write($"{ByTime} {Words.Format.Count(byTime)} closed by time (--max-hold), the others by a reversal\n");
        }

        WriteStanding(text, ledger, instrument);
    }

    private static IEnumerable<Trade> Rows(LedgerReader ledger, LedgerQuery query) => query.Select(ledger, ledger.ReadTrades(), trade => trade.ExitTime);

    private static string[] Row(Trade trade, Instrument instrument) =>
    [
        Words.Format.Count(trade.Number),
        Marks.NameOf(trade.Position.Side),
        Words.Minute(trade.ExitTime),
        Words.Hours(trade.ExitTime - trade.Position.EntryTime) + (trade.Reason == CloseReason.Expiry ? ByTime : " "),
        Words.Format.Price(trade.Position.EntryPrice, instrument),
        Words.Format.Price(trade.ExitPrice, instrument),
        Words.Format.SignedCents(trade.RealizedProfit),
        Words.Format.SignedCents(trade.Cumulative.Profit),
    ];

    private static void WriteStanding(StreamWriter text, LedgerReader ledger, Instrument instrument)
    {
        var trader = ledger.State?.Trader ?? default;
        text.Write($"Open position: {Words.Position(trader.Position, instrument)}\n");
        if (Words.Unrealized(trader.Position, ledger.ReadLastCandle(), instrument) is { } unrealized)
        {
            text.Write($"Unrealized: {unrealized}\n");
        }

        text.Write($"Pending entry: {Words.PendingEntry(trader.PendingEntry)}\n");
    }

    private static void WriteJson(LedgerReader ledger, LedgerQuery query, Stream output)
    {
        using var json = LedgerDocument.Begin(output, ledger, query);
        json.WriteRows("trades", Rows(ledger, query), (row, trade) =>
        {
            row.WriteNumber("number", trade.Number);
            row.WriteString("status", trade.Result.ToString().ToUpperInvariant());
            row.WritePosition(trade.Position);
            row.WriteTime("exitTime", trade.ExitTime);
            row.WritePrice("exitPrice", trade.ExitPrice);
            row.WriteString("reason", NameOf(trade.Reason));
            row.WriteAmount("grossProfit", trade.GrossProfit);
            row.WriteAmount("realizedProfit", trade.RealizedProfit);
            row.WriteAmount("fees", trade.Position.Fees);
            row.WriteNumber("cumulativeWins", trade.Cumulative.Wins);
            row.WriteNumber("cumulativeLosses", trade.Cumulative.Losses);
            row.WriteAmount("cumulativeProfit", trade.Cumulative.Profit);
            row.WriteAmount("cumulativeFees", trade.Cumulative.Fees);
        });
        json.WriteStanding(ledger.State?.Trader ?? default);
        json.End(output);
    }

    private static string NameOf(CloseReason reason) => reason switch
    {
        CloseReason.Reverse => "REVERSE",
        CloseReason.Expiry => "24H_EXPIRY",
        _ => throw new UnreachableException($"{nameof(CloseReason)} has no {reason}."),
    };
}
