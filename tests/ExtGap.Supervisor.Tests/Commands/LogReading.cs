using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Supervisor.Tests.Commands;

public sealed class LogReading
{
    private readonly FakeSupervisor _supervisor = new()
    {
        Answer = _ => [new ControlReply.LogLines("3m", "one\ntwo"), new ControlReply.LogLines("15m", "three \e[31mred\e[0m \e[2J"), new ControlReply.Done(ExitCode.Success)],
    };

    [Fact(Timeout = 10_000)]
    public async Task One_log_is_printed_as_it_is()
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("logs 3m -f -n 7 --stderr", TestContext.Current.CancellationToken));

        var request = Assert.IsType<ControlRequest.Logs>(Assert.Single(_supervisor.Requests));
        Assert.Equal((true, 7, true), (request.Stderr, request.Lines, request.Follow));
        Assert.Equal("one\ntwo\nthree \e[31mred\e[0m \e[2J\n", _supervisor.Output);
    }

    [Theory(Timeout = 10_000)]
    [InlineData("--all")]
    [InlineData("3m", "15m")]
    public async Task Several_have_their_names_in_front(params string[] which)
    {
        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync(["logs", .. which], TestContext.Current.CancellationToken));

        Assert.Equal(50, Assert.IsType<ControlRequest.Logs>(Assert.Single(_supervisor.Requests)).Lines);
        Assert.Equal("3m | one\n3m | two\n15m | three \e[31mred\e[0m \e[2J\n", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task On_a_terminal_a_log_cannot_move_the_cursor()
    {
        _supervisor.Width = 80;

        await _supervisor.RunAsync("logs 3m", TestContext.Current.CancellationToken);

        Assert.EndsWith("three red \\x1B[2J\n", _supervisor.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task Without_a_supervisor_the_files_are_read()
    {
        _supervisor.Answer = null;
        _supervisor.Tail = (program, isStderr, lines) => program.Name == "15m" ? null : $"{program.Name} {isStderr} {lines}";

        Assert.Equal(ExitCode.Success, await _supervisor.RunAsync("logs --all --stderr", TestContext.Current.CancellationToken));
        Assert.Equal("3m | 3m True 50\nbackup | backup True 50\n", _supervisor.Output);
    }

    [Fact(Timeout = 10_000)]
    public async Task Without_a_supervisor_a_misspelt_name_is_told()
    {
        _supervisor.Answer = null;

        Assert.Equal(ExitCode.Usage, await _supervisor.RunAsync("logs 3n", TestContext.Current.CancellationToken));
        Assert.Equal("There is no program '3n': did you mean 3m? The programs are 3m, 15m and backup.\n", _supervisor.Error);
    }

    [Fact(Timeout = 10_000)]
    public async Task Nothing_can_be_followed_without_a_supervisor()
    {
        _supervisor.Answer = null;

        Assert.Equal(ExitCode.NoSupervisor, await _supervisor.RunAsync("logs 3m --follow", TestContext.Current.CancellationToken));
        Assert.EndsWith("Without -f the logs can be read as they are.\n", _supervisor.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 10_000)]
    [InlineData("logs")]
    [InlineData("logs", "3m", "--all")]
    [InlineData("logs", "3m", "-n", "many")]
    [InlineData("logs", "3m", "-n", "-1")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _supervisor.RunAsync(arguments, TestContext.Current.CancellationToken));
        Assert.Empty(_supervisor.Requests);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_reader_that_goes_ends_the_verb_without_a_word()
    {
        await using var output = new ClosedPipe();
        _supervisor.OutputWriter = output.Writer;
        _supervisor.Answer = _ => Enumerable.Repeat(new ControlReply.LogLines("3m", "again"), int.MaxValue);

        Assert.Equal(141, await _supervisor.RunAsync("logs 3m -f", TestContext.Current.CancellationToken));
        Assert.Empty(_supervisor.Error);
    }

    [Fact]
    public void What_a_pipe_takes_arrives()
    {
        using var pipe = new OpenPipe();
        using var writer = new StreamWriter(new StandardOutput(pipe.WriteEnd));

        writer.Write("µ line\n");
        writer.Flush();

        Assert.Equal("µ line", pipe.ReadLine());
    }
}
