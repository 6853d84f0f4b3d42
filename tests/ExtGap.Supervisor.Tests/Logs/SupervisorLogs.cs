using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed class SupervisorLogs : IDisposable
{
    private readonly LogFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 6, 58, 13, 21, TimeSpan.Zero));
    private readonly StoppedConsole _console = new();
    private readonly RollingLogFile _file;
    private readonly SupervisorLog _log;
    private readonly ILoggerFactory _factory;

    public SupervisorLogs()
    {
        _file = new(_folder.Log, 1000, 1, _time);
        _log = new(_file, _console, LogLevel.Information, _time);
        _factory = _log.CreateFactory();
        _console.GoOn();
    }

    public void Dispose()
    {
        _factory.Dispose();
        _log.Dispose();
        _file.Dispose();
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_line_has_its_time_its_level_and_its_message()
    {
        var logger = _factory.CreateLogger("any");
        logger.LogDebug("not this");
        logger.LogInformation("3m runs");
        _time.Advance(TimeSpan.FromSeconds(1));
        logger.LogError("3m failed");

        Assert.Equal("2026-11-23T06:58:13.021Z INFO  3m runs\n2026-11-23T06:58:14.021Z ERROR 3m failed\n", _folder.Text);
        await _console.HasAsync("3m failed\n", TestContext.Current.CancellationToken);
        Assert.Equal(_folder.Text, _console.ToString());
    }

    [Fact]
    public void An_exception_stands_on_indented_lines_below()
    {
        _factory.CreateLogger("any").LogError(new IOException("torn\n2026-11-23T06:58:13.021Z INFO  all is well"), "3m failed");

        Assert.Equal(
            "2026-11-23T06:58:13.021Z ERROR 3m failed\n    System.IO.IOException: torn\n    2026-11-23T06:58:13.021Z INFO  all is well\n",
            _folder.Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_console_that_takes_nothing_keeps_nobody_waiting_and_is_told_later_what_it_missed()
    {
        using var console = new StoppedConsole();
        using var log = new SupervisorLog(_file, console, LogLevel.Information, _time);
        var logger = log.CreateLogger("any");
        var torn = new IOException("torn");
        logger.LogWarning("0");
        await console.IsWrittenTo.WaitAsync(TestContext.Current.CancellationToken);
        for (var number = 1; number <= ConsoleCopy.Capacity; number++)
        {
            logger.LogWarning("{Number}", number);
        }

        logger.LogInformation("one more");
        logger.LogError(torn, "and two");
        Assert.EndsWith("INFO  one more\n2026-11-23T06:58:13.021Z ERROR and two\n    System.IO.IOException: torn\n", _folder.Text, StringComparison.Ordinal);

        console.GoOn();
        await console.HasAsync("WARN  3 lines are not shown here: the log's file has them\n", TestContext.Current.CancellationToken);
        logger.LogInformation("the end");
        await console.HasAsync("the end\n", TestContext.Current.CancellationToken);

        Assert.Equal(
            [.. Enumerable.Range(0, ConsoleCopy.Capacity + 1).Select(number => $"WARN  {number}"), "WARN  3 lines are not shown here: the log's file has them", "INFO  the end"],
            console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["2026-11-23T06:58:13.021Z ".Length..]));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_console_that_takes_nothing_does_not_keep_the_end_waiting()
    {
        using var console = new StoppedConsole();
        using (var log = new SupervisorLog(_file, console, LogLevel.Information, _time))
        {
            log.CreateLogger("any").LogInformation("Stopped");
            await console.IsWrittenTo.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(string.Empty, console.ToString());
        console.GoOn();
    }

    [Theory]
    [InlineData("plain ü 漢", "plain ü 漢")]
    [InlineData("a\nb\r\tc", "a\\nb\\r c")]
    [InlineData("\u001b[2Jgone\u0000\u007f\u009b", "\\x1b[2Jgone\\x00\\x7f\\x9b")]
    [InlineData("\u202eback\u2028line", "\\u202eback\\u2028line")]
    public void A_message_is_one_line_that_does_nothing_to_a_terminal(string message, string expected)
    {
        _factory.CreateLogger("any").LogWarning("{Message}", message);
        Assert.Equal($"2026-11-23T06:58:13.021Z WARN  {expected}\n", _folder.Text);
    }

    [Fact]
    public void Logs_are_named_for_their_program()
    {
        var options = new LogOptions("/var/log/bots");
        Assert.Equal("/var/log/bots/extgap_indicator_3m_stdout.log", LogFiles.Stdout(options, "3m"));
        Assert.Equal("/var/log/bots/extgap_indicator_3m_stderr.log", LogFiles.Stderr(options, "3m"));
        Assert.Equal("/var/log/bots/supervisor.log", LogFiles.Supervisor(options));
    }
}
