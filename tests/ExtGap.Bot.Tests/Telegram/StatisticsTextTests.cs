using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class StatisticsTextTests
{
    [Fact]
    public void Of_many_trades_with_a_long_open() => Approved.Verify(
        Statistics() with
        {
            Gaps = Gaps(2210, 1998, 1205) with { First = Some.Time("2025-07-01 09:11:59.999") },
            Trend = new(Polarity.Bullish, 3),
            Trader = new(null, Some.Position(Side.Long, "67312.5"), Some.Record()),
            LastClose = Price.Parse("67401"),
            Uptime = new(12, 4, 31, 8),
            Feed = new() { LastCandle = Some.Time("2025-11-11 18:59:59.999"), Reconnects = 14 },
        },
        "statistics");

    [Fact]
    public void Before_the_first_trade() => Approved.Verify(
        Statistics() with
        {
            Gaps = Gaps(2, 0, 0),
            Trend = new(Polarity.Bullish, 2),
            LastClose = Price.Parse("67401"),
            Feed = new() { LastCandle = Some.Time("2025-11-11 18:59:59.999") },
        },
        "statistics-no-trade");

    [Fact]
    public void Before_the_first_gap_and_candle() => Approved.Verify(Statistics() with { Uptime = TimeSpan.FromSeconds(42) }, "statistics-no-gap");

    [Fact]
    public void Of_one_win_with_a_short_pending_and_the_feed_down() => Approved.Verify(
        Statistics() with
        {
            Origin = Some.Dogecoin,
            Gaps = Gaps(3, 1, 3),
            Trend = new(Polarity.Bearish, 1),
            Trader = new(Side.Short, Some.Position(Side.Long, "0.17402"), default(TradeStatistics).After(4.405m, 0.6m, 1000)),
            LastClose = Price.Parse("0.17341"),
            Feed = new()
            {
                LastCandle = Some.Time("2025-11-11 18:44:59.999"),
                ReconnectingSince = Some.Time("2025-11-11 18:47:12"),
                Reconnects = 1,
            },
        },
        "statistics-one-win-reconnecting");

    [Fact]
    public void Of_one_loss_caught_up() => Approved.Verify(
        Statistics() with
        {
            CaughtUp = true,
            Gaps = Gaps(1, 1, 1),
            Trend = new(Polarity.Bearish, 1),
            Trader = new(null, null, default(TradeStatistics).After(-4.405m, 0.6m, 1000)),
            Feed = new() { LastCandle = Some.Time("2025-11-11 18:59:59.999") },
        },
        "statistics-one-loss-caught-up");

    private static BotMessage.Statistics Statistics() => new()
    {
        Origin = Some.Bitcoin,
        At = Some.Time("2025-11-11 19:00"),
        Gaps = default,
        Trend = default,
        Trader = default,
        Uptime = new(3, 5, 0),
        Feed = new(),
    };

    private static GapStatistics Gaps(int bullish, int bearish, int reversals) => new()
    {
        Bullish = bullish,
        Bearish = bearish,
        Reversals = reversals,
        First = Some.Time("2025-11-11 15:05:59.999"),
        Last = Some.Time("2025-11-11 18:44:59.999"),
    };
}
