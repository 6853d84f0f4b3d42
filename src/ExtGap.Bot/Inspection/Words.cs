using System.Globalization;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Inspection;

/// <summary>How a ledger's content is written for people: as in the English messages.</summary>
internal static class Words
{
    public static TextFormat Format => TextFormat.English;

    /// <summary>To the minute, in UTC; a close time is the full minute after it, as in the messages.</summary>
    public static string Minute(Instant time) => Format.Time(time).Replace(" UTC", string.Empty, StringComparison.Ordinal);

    /// <summary>Hours and minutes: <c>24:00</c>.</summary>
    public static string Hours(TimeSpan span)
    {
        var minutes = (long)Math.Round(span.TotalMinutes, MidpointRounding.AwayFromZero);
        return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}:{minutes % 60:00}");
    }

    public static string Trend(Trend trend) => trend.Polarity is { } polarity ? Marks.NameOf(polarity, trend.SequenceNumber) : "no gap yet";

    public static string Gaps(GapStatistics gaps) => $"{Format.Count(gaps.Count)} ({Format.Count(gaps.Bullish)} bullish, {Format.Count(gaps.Bearish)} bearish)";

    public static string Trades(TradeStatistics trades) =>
        $"{Format.Count(trades.Count)} ({Format.Count(trades.Wins)} won, {Format.Count(trades.Losses)} lost, {Format.Count(trades.Breakevens)} even)";

    public static string Percent(decimal? part) => part is { } value ? Format.Percent(value) : "-";

    public static string Gain(decimal? amount, Instrument instrument) => amount is { } value ? Format.SignedMoney(value, instrument) : "-";

    public static string Position(Position? position, Instrument instrument) => position is null
        ? "none"
        : $"{Marks.NameOf(position.Side)} {Format.Quantity(position.Quantity, instrument)} @ {Format.Price(position.EntryPrice, instrument)} since {Format.Time(position.EntryTime)}";

    /// <summary>What the open position would bring after fees at the last close.</summary>
    public static string? Unrealized(Position? position, Candle? last, Instrument instrument) => position is not null && last is { } candle
        ? $"{Format.SignedMoney(position.GrossProfitAt(candle.Close) - position.Fees, instrument)} after fees at the last close, {Format.Price(candle.Close, instrument)}"
        : null;

    public static string PendingEntry(Side? side) => side is { } pending ? $"{Marks.NameOf(pending)} at the next candle's open" : "none";
}
