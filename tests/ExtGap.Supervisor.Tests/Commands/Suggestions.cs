using ExtGap.Supervisor.Commands;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class Suggestions
{
    private static readonly string[] Known = ["3m", "15m", "1h", "backup"];

    [Theory]
    [InlineData("3n", "3m")]
    [InlineData("m3", "3m")]
    [InlineData("3M", "3m")]
    [InlineData("15min", "15m")]
    [InlineData("bakcup", "backup")]
    [InlineData("back-up", "backup")]
    [InlineData("h1", "1h")]
    public void A_slip_is_recognised(string given, string meant) => Assert.Equal(meant, Suggestion.For(given, Known));

    [Theory]
    [InlineData("")]
    [InlineData("frontend")]
    [InlineData("ethusdt")]
    public void Something_else_is_not(string given) => Assert.Null(Suggestion.For(given, Known));

    [Fact]
    public void The_complaint_names_what_there_is() =>
        Assert.Equal("There is no program '3n': did you mean 3m? The programs are 3m, 15m, 1h and backup.", Suggestion.Complaint("3n", Known));

    [Fact]
    public void A_name_cannot_write_to_the_terminal() =>
        Assert.Equal(@"There is no program '\x1B]0;x\x07'. The configuration has none.", Suggestion.Complaint("\e]0;x\a", []));
}
