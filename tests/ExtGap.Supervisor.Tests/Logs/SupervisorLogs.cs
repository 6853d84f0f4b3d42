using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Supervisor.Tests.Logs;

public sealed class SupervisorLogs : IDisposable
{
    private readonly LogFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 23, 6, 58, 13, 21, TimeSpan.Zero));
    private readonly StringWriter _console = new();
    private readonly RollingLogFile _file;
    private readonly ILoggerFactory _factory;

    public SupervisorLogs()
    {
        _file = new(_folder.Log, 1000, 1, _time);
        _factory = new SupervisorLog(_file, _console, LogLevel.Information, _time).CreateFactory();
    }

    public void Dispose()
    {
        _factory.Dispose();
        _file.Dispose();
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_line_has_its_time_its_level_and_its_message()
    {
        var logger = _factory.CreateLogger("any");
        logger.LogDebug("not this");
        logger.LogInformation("3m runs");
        _time.Advance(TimeSpan.FromSeconds(1));
        logger.LogError("3m failed");

        Assert.Equal("2026-11-23T06:58:13.021Z INFO  3m runs\n2026-11-23T06:58:14.021Z ERROR 3m failed\n", _folder.Text);
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
