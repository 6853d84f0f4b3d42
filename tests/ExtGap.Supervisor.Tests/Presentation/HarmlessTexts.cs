using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Tests.Presentation;

public sealed class HarmlessTexts
{
    [Theory]
    [InlineData("plain [bold]text[/] with µ, ₿ and 🚀", "plain [bold]text[/] with µ, ₿ and 🚀")]
    [InlineData("\e[1;31mred\e[0m", "red")]
    [InlineData("\e[m", "")]
    [InlineData("\e[2J\e[H", @"\x1B[2J\x1B[H")]
    [InlineData("\e]0;title\a", @"\x1B]0;title\x07")]
    [InlineData("\u009b2J", @"\x9B2J")]
    [InlineData("a\tb\rc\nd\u007f", @"a b\x0Dc\x0Ad\x7F")]
    [InlineData("a\u202Eb\u2066", @"a\u202Eb\u2066")]
    [InlineData("cut short \e[31", @"cut short \x1B[31")]
    [InlineData("\e", @"\x1B")]
    public void What_would_move_the_cursor_is_shown(string text, string expected) => Assert.Equal(expected, Harmless.Line(text));

    [Fact]
    public void Doing_it_twice_changes_nothing() => Assert.Equal(Harmless.Line("a\e[2Jb"), Harmless.Line(Harmless.Line("a\e[2Jb")));

    [Fact]
    public void Lines_stay_lines() => Assert.Equal(["a", "b", "", "c"], Harmless.Lines("a\r\nb\n\nc\n"));
}
