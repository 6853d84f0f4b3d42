using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class GapTextTests
{
    [Fact]
    public void The_first_gap() => Approved.Verify(
        Found(Some.Bitcoin, Some.Gap(Polarity.Bullish, 1, "67250.1", first: true), "67312.4"),
        "first-gap");

    [Fact]
    public void The_first_gap_bearish_of_a_price_of_eight_decimals() => Approved.Verify(
        Found(Some.Pepe, Some.Gap(Polarity.Bearish, 1, "0.00001234", first: true), "0.00001201"),
        "first-gap-bearish-eight-decimals");

    [Fact]
    public void Sequence_12_with_a_long_in_profit() => Approved.Verify(
        Found(Some.Bitcoin, Some.Gap(Polarity.Bullish, 12, "67250.1"), "67312.4") with { Position = Some.Position(Side.Long, "66010") },
        "gap-12-long");

    [Fact]
    public void Sequence_2_without_position() => Approved.Verify(
        Found(Some.Dogecoin, Some.Gap(Polarity.Bearish, 2, "0.17341"), "0.173"),
        "gap-2-flat-five-decimals");

    [Fact]
    public void A_reversal_of_a_long_in_profit() => Approved.Verify(
        Reversal(Some.Bitcoin, Polarity.Bearish, "67250.1", "67100") with
        {
            Before = new(Polarity.Bullish, 4),
            Position = Some.Position(Side.Long, "66010"),
        },
        "reversal-short-closing-win");

    [Fact]
    public void A_reversal_of_a_short_at_a_loss() => Approved.Verify(
        Reversal(Some.Dogecoin, Polarity.Bullish, "0.17341", "0.17402") with
        {
            Before = new(Polarity.Bearish, 1),
            Position = Some.Position(Side.Short, "0.17325"),
        },
        "reversal-long-closing-loss");

    [Fact]
    public void A_reversal_without_position() => Approved.Verify(
        Reversal(Some.Bitcoin, Polarity.Bullish, "67250.1", "67312.4") with { Before = new(Polarity.Bearish, 7) },
        "reversal-flat");

    [Fact]
    public void A_gap_caught_up() => Approved.Verify(
        Reversal(Some.Bitcoin, Polarity.Bearish, "67250.1", "67100") with
        {
            CaughtUp = true,
            Before = new(Polarity.Bullish, 4),
            Position = Some.Position(Side.Long, "66010"),
        },
        "reversal-caught-up");

    private static BotMessage.GapFound Found(MessageOrigin origin, ExternalGap gap, string close) =>
        new() { Origin = origin, Gap = gap, Close = Price.Parse(close) };

    private static BotMessage.GapFound Reversal(MessageOrigin origin, Polarity polarity, string level, string close) =>
        Found(origin, Some.Gap(polarity, 1, level, reversal: true), close);
}
