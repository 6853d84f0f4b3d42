using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Tests.Commands;

namespace ExtGap.Supervisor.Tests.Presentation;

public sealed class StatusTables
{
    private static readonly ProgramStatus[] Programs =
    [
        Samples.Bot("3m"),
        Samples.Running("15m", Samples.Report() with { Feed = "reconnecting", SecondsSinceLastFrame = 45, OverdueSeconds = 75, MessagesWaiting = 3, MessageTroubles = ["chat 12: bot was blocked by the user"] }) with { Restarts = 2 },
        Samples.Down("1h", "BACKOFF") with { Restarts = 7, NextTrySeconds = 3.2, Reason = "exit code 1", LastExit = "exit code 1", LastError = "The exchange [BTCUSDT] is unknown." },
        Samples.Down("4h", "FATAL") with { Reason = "--symbol: 'BTC' is not a symbol.", LastExit = "exit code 78", LastError = "--symbol: 'BTC' is not a symbol." },
        Samples.Running("web") with { DroppedLogBytes = 12_345 },
    ];

    [Fact]
    public void For_scripts_each_program_is_one_line() => Approve(null, """
        NAME  STATE     PID  UPTIME  RESTARTS   CPU  MEMORY  FEED            CANDLE        TREND       POSITION           P&L  NOTE
        3m    RUNNING  4711   4h12m         0  0.4%    31MB  live 0.3 s ago  03-01 12:03Z  BULLISH #3  LONG @ 64000.1  +12.35  -
        15m   RUNNING  4711   4h12m         2  0.4%    31MB  reconnecting    03-01 12:03Z  BULLISH #3  LONG @ 64000.1  +12.35  a candle is 75 s overdue; 3 messages waiting for Telegram; chat 12: bot was blocked by the user
        1h    BACKOFF     -       -         7     -       -  -               -             -           -                    -  next try in 4 s; exit code 1; last words: The exchange [BTCUSDT] is unknown.
        4h    FATAL       -       -         0     -       -  -               -             -           -                    -  --symbol: 'BTC' is not a symbol.; exit code 78
        web   RUNNING  4711   4h12m         0  0.4%    31MB  -               -             -           -                    -  12kB of its output were dropped: no log file would take them
        """);

    [Fact]
    public void On_a_wide_terminal_notes_are_lines_of_their_own() => Approve(140, """
        NAME  STATE     PID  UPTIME  RESTARTS   CPU  MEMORY  FEED            CANDLE        TREND       POSITION           P&L
        3m    RUNNING  4711   4h12m         0  0.4%    31MB  live 0.3 s ago  03-01 12:03Z  BULLISH #3  LONG @ 64000.1  +12.35
        15m   RUNNING  4711   4h12m         2  0.4%    31MB  reconnecting    03-01 12:03Z  BULLISH #3  LONG @ 64000.1  +12.35
            a candle is 75 s overdue · 3 messages waiting for Telegram · chat 12: bot was blocked by the user
        1h    BACKOFF     -       -         7     -       -  -               -             -           -                    -
            next try in 4 s · exit code 1 · last words: The exchange [BTCUSDT] is unknown.
        4h    FATAL       -       -         0     -       -  -               -             -           -                    -
            --symbol: 'BTC' is not a symbol. · exit code 78
        web   RUNNING  4711   4h12m         0  0.4%    31MB  -               -             -           -                    -
            12kB of its output were dropped: no log file would take them
        """);

    [Fact]
    public void On_a_narrow_terminal_a_bot_has_a_second_line() => Approve(80, """
        NAME  STATE     PID  UPTIME  RESTARTS   CPU  MEMORY
        3m    RUNNING  4711   4h12m         0  0.4%    31MB
            live 0.3 s ago · candle 03-01 12:03Z · BULLISH #3 · LONG @ 64000.1
            P&L +12.35
        15m   RUNNING  4711   4h12m         2  0.4%    31MB
            reconnecting · candle 03-01 12:03Z · BULLISH #3 · LONG @ 64000.1
            P&L +12.35
            a candle is 75 s overdue · 3 messages waiting for Telegram
            chat 12: bot was blocked by the user
        1h    BACKOFF     -       -         7     -       -
            next try in 4 s · exit code 1
            last words: The exchange [BTCUSDT] is unknown.
        4h    FATAL       -       -         0     -       -
            --symbol: 'BTC' is not a symbol. · exit code 78
        web   RUNNING  4711   4h12m         0  0.4%    31MB
            12kB of its output were dropped: no log file would take them
        """);

    [Fact]
    public void On_a_phone_everything_but_name_and_state_is_below() => Approve(40, """
        NAME  STATE
        3m    RUNNING
            pid 4711 · up 4h12m · restarts 0
            CPU 0.4% · memory 31MB
            live 0.3 s ago · candle 03-01 12:03Z
            BULLISH #3 · LONG @ 64000.1
            P&L +12.35
        """, Programs[0]);

    [Fact]
    public void A_bot_of_several_symbols_is_summed_up_and_then_told_one_by_one() => Approve(100, """
        NAME  STATE     PID  UPTIME  RESTARTS   CPU  MEMORY
        3m    RUNNING  4711   4h12m         0  0.4%    31MB
            live 0.3 s ago · candle 03-01 12:03Z · 2 symbols · 1 open · P&L +10.00
            BTCUSDT BULLISH #3 LONG @ 64000.1 +12.35 · ETHUSDT - FLAT -2.35
        """, Samples.Running("3m", Samples.Report() with { Symbols = [.. Samples.Report().Symbols, new() { Symbol = "ETHUSDT", Timeframe = "3m", Position = "FLAT", Profit = -2.345m }] }));

    [Fact]
    public void A_silent_feed_is_told_with_its_silence() =>
        Assert.Contains("silent 45 s", StatusTable.Lines([Samples.Running("3m", Samples.Report() with { SecondsSinceLastFrame = 45 })], null)[1].ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData(80)]
    public void Text_of_programs_cannot_break_a_line_or_reach_the_terminal(int? width)
    {
        var hostile = Samples.Down("3m", "BACKOFF") with { Reason = "\e[2J[red]owned[/]\nRUNNING", LastError = "\u009b1A" };

        var text = Text(StatusTable.Lines([hostile], width));

        Assert.DoesNotContain('\e', text);
        Assert.DoesNotContain('\u009b', text);
        Assert.Contains(@"\x1B[2J[red]owned[/]\x0ARUNNING", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_shows_markup_as_text()
    {
        using var writer = new StringWriter();

        new Screen(writer, width: 80, hasColours: true).Write([new StyledLine("[red]no colour[/] \e[2J", Tone.Good)]);

        Assert.Equal("\e[32m[red]no colour[/] \\x1B[2J\e[0m\n", writer.ToString());
    }

    private static void Approve(int? width, string expected, params ProgramStatus[] programs)
    {
        var lines = StatusTable.Lines(programs.Length > 0 ? programs : Programs, width);

        Assert.Equal(expected, Text(lines), ignoreLineEndingDifferences: true);
        Assert.True(width is null || lines.All(line => line.ToString().Length <= width), "A line is wider than the terminal.");
    }

    private static string Text(IEnumerable<StyledLine> lines) => string.Join('\n', lines);
}
