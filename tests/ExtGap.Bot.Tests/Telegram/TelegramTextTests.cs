using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class TelegramTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("▶️ <b>Started</b> · BTCUSDT 3m\n<i>R&amp;D</i>", "▶️ Started · BTCUSDT 3m\nR&D")]
    [InlineData("<b>P&amp;L</b> &lt;b&gt; &amp;lt; 67\u202F250", "P&L <b> &lt; 67\u202F250")]
    [InlineData("cut in a tag <b", "cut in a tag <b")]
    public void A_plain_text_says_the_same_without_formatting(string html, string text) => Assert.Equal(text, TelegramText.ToPlainText(html));

    [Theory]
    [InlineData("<a href=\"x\">&quot;")]
    [InlineData("&amp;amp;")]
    [InlineData("a < b > c & d \ud83d")]
    public void What_is_escaped_reads_the_same_in_plain_text(string text) =>
        Assert.Equal(text, TelegramText.ToPlainText($"<b>{TelegramText.Escape(text)}</b>"));

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("ab🟢e", 4, "ab…")]
    [InlineData("a🟢ef", 4, "a🟢…")]
    [InlineData("🟢🟢", 1, "…")]
    [InlineData("🟢🟢", 2, "…")]
    public void A_cut_tears_no_character(string text, int maxLength, string cut) => Assert.Equal(cut, TelegramText.CutForTelegram(text, maxLength));

    [Fact]
    public void A_very_long_text_is_cut_to_what_Telegram_takes()
    {
        var text = string.Concat(Enumerable.Repeat("🟢", 5000));

        Assert.Equal(4095, TelegramText.CutForTelegram(text).Length);
        Assert.Equal(4096, TelegramText.CutForTelegram("a" + text).Length);
    }

    [Theory]
    [InlineData("a\r\nb\u2028c\u0085d\u0000", "a  b c d")]
    [InlineData("abcdefghijk", "abcdefghi…")]
    public void A_text_from_outside_stays_on_its_line(string text, string line) => Assert.Equal(line, TelegramText.OneLine(text, 10));
}
