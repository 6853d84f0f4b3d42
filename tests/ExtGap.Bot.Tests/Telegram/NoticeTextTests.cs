using ExtGap.Bot.Telegram.Texts;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class NoticeTextTests
{
    [Fact]
    public void The_name_of_the_deployment_stands_below_where_the_bots_messages_have_it() =>
        Assert.Equal("3m crashes <again> & again\n\texit code 1\nLOCAL", NoticeText.Render("3m crashes <again> & again\n\texit code 1", "LOCAL"));

    [Fact]
    public void A_long_text_is_cut_to_what_a_message_may_have_and_the_name_stays()
    {
        var text = NoticeText.Render(string.Concat(Enumerable.Repeat("📈", 4000)), "LOCAL");

        Assert.InRange(text.Length, TelegramText.MaxLength - 1, TelegramText.MaxLength);
        Assert.EndsWith("📈…\nLOCAL", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFFa\r\nb\r\n", "a\nb")]
    [InlineData("a\0b\u001b[31m", "a b [31m")]
    [InlineData(" \n\t\0 ", "")]
    public void What_no_message_can_have_is_taken_out(string text, string expected) => Assert.Equal(expected, NoticeText.Clean(text));
}
