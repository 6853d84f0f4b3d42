using System.Globalization;
using System.Text;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Backtesting;

/// <summary>What came out of a backtest.</summary>
internal sealed record BacktestSummary
{
    public required Symbol Symbol { get; init; }

    public required Timeframe Timeframe { get; init; }

    public required Timeframe Source { get; init; }

    public required long KlineCount { get; init; }

    public required long CandleCount { get; init; }

    public required Instant? First { get; init; }

    public required Instant? Last { get; init; }

    public required GapStatistics Gaps { get; init; }

    public required TraderState Trader { get; init; }

    public required TimeSpan Duration { get; init; }

    public required string GapFile { get; init; }

    public required string TradeFile { get; init; }

    /// <summary>The summary as the command line shows it.</summary>
    public override string ToString()
    {
        var trades = Trader.Statistics;
        var text = new StringBuilder();
        void Line(string name, FormattableString value) => text.Append(name.PadRight(16)).AppendLine(value.ToString(CultureInfo.InvariantCulture));

        Line($"{Symbol} {Timeframe}", First is { } first && Last is { } last
            ? (FormattableString)$"{first.ToDateTimeOffset():yyyy-MM-dd HH:mm} to {last.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC"
            : $"no whole candle");
        Line("Candles", Source == Timeframe ? (FormattableString)$"{CandleCount:N0}" : $"{CandleCount:N0} (built from {KlineCount:N0} of {Source})");
        Line("Gaps", $"{Gaps.Count:N0} ({Gaps.Bullish:N0} bullish, {Gaps.Bearish:N0} bearish)");
        Line("Reversals", $"{Gaps.Reversals:N0}");
        Line("Trades", $"{trades.Count:N0} ({trades.Wins:N0} won, {trades.Losses:N0} lost, {trades.Breakevens:N0} even)");
        Line("Win rate", $"{Percent(trades.WinRate)}");
        Line("P&L", $"{Money(trades.Profit)} USD after fees");
        Line("Fees", $"{Money(trades.Fees)} USD");
        Line("Profit factor", $"{trades.ProfitFactor?.ToString("F2", CultureInfo.InvariantCulture) ?? "-"}");
        Line("Max. drawdown", $"{Money(trades.MaxDrawdown)} USD");
        Line("At the end", $"{AtTheEnd()}");
        Line("Speed", $"{KlineCount / Math.Max(Duration.TotalSeconds, 0.000_001):N0} candles/s ({Duration.TotalSeconds:N2} s)");
        Line("Written", $"{GapFile}");
        Line(string.Empty, $"{TradeFile}");
        return text.ToString();
    }

    private static string Money(decimal amount) => Rounding.Money(amount).ToString("N2", CultureInfo.InvariantCulture);

    private static string Percent(decimal? part) => part is { } p ? (p * 100).ToString("F1", CultureInfo.InvariantCulture) + " %" : "-";

    private string AtTheEnd() => (Trader.Position, Trader.PendingEntry) switch
    {
        (_, { } pending) => $"an entry {Marks.NameOf(pending)} is pending",
        ({ } position, _) => $"{Marks.NameOf(position.Side)} since {position.EntryTime.ToDateTimeOffset():yyyy-MM-dd HH:mm} at {position.EntryPrice.ToDecimal().ToString("0.########", CultureInfo.InvariantCulture)}, not in the trades",
        _ => "flat",
    };
}
