using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class FoldedTextTests
{
    private static readonly MessageTexts[] Languages = [MessageTexts.For(Language.English), MessageTexts.For(Language.French)];

    [Fact]
    public void Five_gaps_are_one_message() => Approved.Verify(
        texts => Assert.Single(texts.Fold(Some.Bitcoin, Lines(texts, Gaps(5)))),
        "folded-5");

    [Fact]
    public void Gaps_and_trades_caught_up_are_one_message() => Approved.Verify(
        texts => Assert.Single(texts.Fold(Some.Bitcoin, Lines(texts, Events().Select(message => message with { CaughtUp = true })), gapsOnly: false)),
        "folded-events-caught-up");

    [Fact]
    public void Of_200_gaps_none_is_lost_and_every_message_is_one_that_Telegram_takes()
    {
        foreach (var texts in Languages)
        {
            var lines = Lines(texts, Gaps(200).Select(gap => gap with { CaughtUp = true }));
            var origin = Some.Origin("BTCUSDT", "BTC", "0.1", "3m", instance: new string('&', 1000));

            var messages = texts.Fold(origin, lines);

            Assert.All(messages, message => Assert.InRange(message.Length, 1, TelegramText.MaxLength));
            Assert.InRange(messages.Count, 2, 4);
            Assert.Equal(lines, messages.SelectMany(message => message.Split('\n')[2..^1]), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Lines_longer_than_any_that_it_made_are_cut_but_none_is_left_out()
    {
        string[] lines = [.. Enumerable.Range(0, 30).Select(i => $"{i} {new string('<', 5000)}")];

        var messages = Languages[0].Fold(Some.Bitcoin, lines);

        Assert.All(messages, message => Assert.InRange(message.Length, 1, TelegramText.MaxLength));
        Assert.Equal(30, messages.Sum(message => message.Split('\n').Length - 3));
    }

    [Fact]
    public void What_always_stands_alone_has_no_line()
    {
        var stopped = new BotMessage.Stopped { Origin = Some.Bitcoin, At = default, Reason = StopReason.Requested, Trader = default, Uptime = default };

        Assert.Null(Languages[0].RenderLine(stopped));
    }

    private static string[] Lines(MessageTexts texts, IEnumerable<BotMessage> messages) =>
        [.. messages.Select(message => texts.RenderLine(message) ?? throw new InvalidOperationException("It has no line."))];

    private static IEnumerable<BotMessage> Events()
    {
        var gaps = Gaps(5).ToList();
        var position = Some.Position(Side.Short, "67105.5", "2025-11-11 18:39");
        yield return gaps[0];
        yield return gaps[3];
        yield return new BotMessage.EntryExecuted { Origin = Some.Bitcoin, Position = position };
        yield return gaps[4] with { Gap = gaps[4].Gap with { Polarity = Polarity.Bullish, IsReversal = true, SequenceNumber = 1 } };
        yield return new BotMessage.EntryExecuted
        {
            Origin = Some.Bitcoin,
            Position = Some.Position(Side.Long, "67001", "2025-11-11 18:42"),
            Closed = Some.Trade(position, "67001"),
        };
        yield return new BotMessage.PositionExpired
        {
            Origin = Some.Bitcoin,
            Trade = Some.Trade(Some.Position(Side.Long, "67001", "2025-11-11 18:42"), "66802.2", "2025-11-12 18:41:59.999", CloseReason.Expiry),
            MaxHold = TimeSpan.FromHours(24),
        };
    }

    /// <summary>Three bullish gaps, then bearish ones, three minutes apart.</summary>
    private static IEnumerable<BotMessage.GapFound> Gaps(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var polarity = i < 3 ? Polarity.Bullish : Polarity.Bearish;
            var gap = Some.Gap(polarity, i < 3 ? i + 1 : i - 2, "67250.1", first: i == 0, reversal: i == 3);
            var time = Some.Time("2025-11-11 18:29:59.999") + TimeSpan.FromMinutes(3 * i);
            yield return new() { Origin = Some.Bitcoin, Gap = gap with { DetectionBar = time }, Close = Price.Parse("67312.4") };
        }
    }
}
