using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class TradeTextTests
{
    private const string Now = "2025-11-11 18:45";

    [Fact]
    public void The_first_entry_long() => Approved.Verify(
        new BotMessage.EntryExecuted { Origin = Some.Bitcoin, Position = Some.Position(Side.Long, "67312.5", Now) },
        "entry-long");

    [Fact]
    public void The_first_entry_short_of_a_coin_of_five_decimals() => Approved.Verify(
        new BotMessage.EntryExecuted { Origin = Some.Dogecoin, Position = Some.Position(Side.Short, "0.17402", Now) },
        "entry-short-five-decimals");

    [Fact]
    public void An_entry_that_closes_a_win() => Approved.Verify(
        new BotMessage.EntryExecuted
        {
            Origin = Some.Bitcoin,
            Position = Some.Position(Side.Short, "67100", Now),
            Closed = Some.Trade(Some.Position(Side.Long, "66010"), "67100"),
        },
        "entry-short-closing-win");

    [Fact]
    public void An_entry_that_closes_a_loss_at_a_price_of_eight_decimals() => Approved.Verify(
        new BotMessage.EntryExecuted
        {
            Origin = Some.Pepe,
            Position = Some.Position(Side.Long, "0.00001234", Now, notional: 25_000),
            Closed = Some.Trade(Some.Position(Side.Short, "0.00001201"), "0.00001234"),
        },
        "entry-long-closing-loss-eight-decimals");

    [Fact]
    public void An_entry_caught_up() => Approved.Verify(
        new BotMessage.EntryExecuted
        {
            Origin = Some.Bitcoin,
            CaughtUp = true,
            Position = Some.Position(Side.Short, "67100", Now),
            Closed = Some.Trade(Some.Position(Side.Long, "66010"), "67100"),
        },
        "entry-caught-up");

    [Fact]
    public void A_long_closed_after_24_hours_at_a_loss() => Approved.Verify(
        Expired(Some.Bitcoin, Some.Trade(Some.Position(Side.Long, "67250.1", "2025-11-10 18:45"), "66993.8", "2025-11-11 18:44:59.999", CloseReason.Expiry)),
        "expiry-loss");

    [Fact]
    public void A_short_closed_after_another_span_with_a_win() => Approved.Verify(
        Expired(Some.Dogecoin, Some.Trade(Some.Position(Side.Short, "0.17402", "2025-11-09 14:15"), "0.17011", "2025-11-11 15:44:59.999", CloseReason.Expiry)) with
        {
            MaxHold = TimeSpan.FromHours(49.5),
        },
        "expiry-win-other-span");

    [Fact]
    public void The_first_trade_comes_out_even() => Approved.Verify(
        Expired(Some.Bitcoin, Even()) with { CaughtUp = true },
        "expiry-even-caught-up");

    [Fact]
    public void An_entry_corrected() => Approved.Verify(
        new BotMessage.EntryCorrected
        {
            Origin = Some.Bitcoin,
            Wrong = Some.Position(Side.Long, "67312.5", Now),
            Right = Some.Position(Side.Long, "67313", Now),
        },
        "entry-corrected");

    [Fact]
    public void An_entry_corrected_in_price_and_time_with_the_trade_that_it_closed() => Approved.Verify(
        new BotMessage.EntryCorrected
        {
            Origin = Some.Bitcoin,
            Wrong = Some.Position(Side.Short, "67100", Now),
            Right = Some.Position(Side.Short, "67098.5", "2025-11-11 18:48"),
            Closed = Some.Trade(Some.Position(Side.Long, "66010"), "67098.5", "2025-11-11 18:48"),
        },
        "entry-corrected-with-trade");

    private static BotMessage.PositionExpired Expired(MessageOrigin origin, Trade trade) =>
        new() { Origin = origin, Trade = trade, MaxHold = TimeSpan.FromHours(24) };

    private static Trade Even()
    {
        var trade = Some.Trade(Some.Position(Side.Long, "1000", "2025-11-10 18:45"), "1000.6", "2025-11-11 18:44:59.999", CloseReason.Expiry);
        return trade with { Number = 1, Cumulative = default(TradeStatistics).After(0, 0.6m, 1000) };
    }
}
