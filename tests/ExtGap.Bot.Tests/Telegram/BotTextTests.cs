using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class BotTextTests
{
    private const string Hostile = "<b>&amp;</b> \"R&D\"\n<a href='https://x'>👾</a>\u0000";

    [Fact]
    public void A_start_with_a_new_ledger() => Approved.Verify(Started(), "started-new");

    [Fact]
    public void A_start_with_a_new_ledger_that_begins_in_the_past() => Approved.Verify(
        Started() with { CandlesCaughtUp = 3360, Trend = new(Polarity.Bearish, 2) },
        "started-new-since");

    [Fact]
    public void A_start_that_catches_up_after_downtime() => Approved.Verify(
        Started() with
        {
            ContinuedFrom = Some.Time("2025-11-11 17:59:59.999"),
            CandlesCaughtUp = 17,
            Trend = new(Polarity.Bearish, 1),
            Trader = new(Side.Short, Some.Position(Side.Long, "67312.5"), Some.Record()),
            LastClose = Price.Parse("67290.1"),
        },
        "started-caught-up");

    [Fact]
    public void A_start_that_missed_nothing() => Approved.Verify(
        Started() with
        {
            Origin = Some.Dogecoin,
            ContinuedFrom = Some.Time("2025-11-11 18:44:59.999"),
            Trend = new(Polarity.Bullish, 12),
            Trader = new(null, null, Some.Record()),
        },
        "started-nothing-missed");

    [Fact]
    public void A_stop_with_position_and_pending_entry() => Approved.Verify(
        Stopped() with { Trader = new(Side.Short, Some.Position(Side.Long, "67312.5"), Some.Record()) },
        "stopped");

    [Fact]
    public void A_stop_without_position() => Approved.Verify(
        Stopped() with { Reason = StopReason.SupervisorGone, Detail = null },
        "stopped-flat");

    [Fact]
    public void A_stop_after_an_error() => Approved.Verify(
        Stopped() with { Reason = StopReason.Failed, Detail = "The ledger btcusdt_3m.db can't be written: <disk> is full & read-only.\nSee the log." },
        "stopped-error");

    [Fact]
    public void Names_from_outside_are_told_as_they_are() => Approved.Verify(
        Stopped() with { Origin = Some.Origin("BTCUSDT", "<B&C>", "1", "3m", instance: Hostile), Detail = Hostile },
        "stopped-hostile-names");

    [Theory]
    [InlineData('&')]
    [InlineData('x')]
    public void However_long_the_names_are_a_message_is_one_that_Telegram_takes(char letter)
    {
        var name = new string(letter, 10_000);
        var origin = Some.Origin("BTCUSDT", name, "1", "3m", name, name);
        var message = Stopped() with
        {
            Origin = origin,
            Reason = StopReason.Failed,
            Detail = name,
            Trader = new(Side.Short, Some.Position(Side.Long, "67312.5"), Some.Record()),
        };

        Assert.InRange(MessageTexts.For(Language.English).Render(message).Length, 1, TelegramText.MaxLength);
        Assert.InRange(MessageTexts.For(Language.French).Render(message).Length, 1, TelegramText.MaxLength);
    }

    private static BotMessage.Started Started() => new()
    {
        Origin = Some.Bitcoin,
        At = Some.Time("2025-11-11 18:52:03"),
        Trend = default,
        Trader = default,
    };

    private static BotMessage.Stopped Stopped() => new()
    {
        Origin = Some.Bitcoin,
        At = Some.Time("2025-11-11 18:52:03"),
        Reason = StopReason.Requested,
        Detail = "SIGTERM",
        Trader = default,
        Uptime = new(7, 4, 12),
    };
}
