using ExtGap.Supervisor.Demo;

namespace ExtGap.Supervisor.Tests.Demo;

public sealed class DemoEvents
{
    private const string Time = "2026-11-23T07:54:20.430Z INFO  ";

    [Theory]
    [InlineData("BTCUSDT 3m: gap detected: bullish #1 at 83231.2, the first", nameof(DemoEventKind.Gap))]
    [InlineData("BTCUSDT 3m: gap detected: bearish #2 at 83595.8", nameof(DemoEventKind.Gap))]
    [InlineData("BTCUSDT 3m: Entry Executed: SHORT at 83555.2", nameof(DemoEventKind.Entry))]
    [InlineData("BTCUSDT 3m: Position Closed: LONG from 1 to 2, WIN 1 USD", nameof(DemoEventKind.Trade))]
    public void A_gap_an_entry_and_a_closed_trade_are_shown_without_the_machines_time(string message, string kind)
    {
        var shown = DemoEvent.Of(Time + message)!;

        Assert.Equal((kind, message), (shown.Kind.ToString(), shown.Line.ToString()));
    }

    [Theory]
    [InlineData(Time + "BTCUSDT 3m: live")]
    [InlineData("gap detected")]
    [InlineData("")]
    public void Nothing_else_is(string line) => Assert.Null(DemoEvent.Of(line));
}
