using System.Globalization;
using System.Text;
using ExtGap.Shared;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Logs;

/// <summary>
/// The supervisor's own log, to a file and to a console where there is one: <c>2026-11-23T06:58:13.021Z INFO  message</c>, times in UTC.
/// A message is one line whatever it contains; an exception stands on indented lines below, so that neither can pass for another's line.
/// Rotation, full disks and deletion are the file's business: a logging library would do each in a second, different way.
/// </summary>
internal sealed class SupervisorLog : ILoggerProvider
{
    private const string Indent = "    ";

    private readonly RollingLogFile _file;
    private readonly ConsoleCopy? _console;
    private readonly LogLevel _level;
    private readonly TimeProvider _time;

    /// <param name="file">Belongs to the caller, who closes it when the last logger is silent.</param>
    /// <param name="console">None in the background.</param>
    /// <param name="level">What is less than that is not written.</param>
    /// <param name="time">For the times in the lines.</param>
    public SupervisorLog(RollingLogFile file, TextWriter? console = null, LogLevel level = LogLevel.Information, TimeProvider? time = null)
    {
        _file = file;
        _level = level;
        _time = time ?? TimeProvider.System;
        _console = console is null ? null : new(console, TellDropped);
    }

    /// <summary>A factory of loggers that write here.</summary>
    public ILoggerFactory CreateFactory() => LoggerFactory.Create(logging => logging.SetMinimumLevel(_level).AddProvider(this));

    // The categories are the supervisor's own types, which tell its user nothing.
    public ILogger CreateLogger(string categoryName) => new Logger(this);

    /// <summary>Gives the console a second for what waits; the file has it all.</summary>
    public void Dispose() => _console?.Dispose();

    private void Write(LogLevel level, string message, Exception? exception)
    {
        var text = new StringBuilder();
        Append(text, level, message);
        foreach (var line in (exception?.ToString() ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(Indent).Append(PlainText.Of(line.TrimEnd())).Append('\n');
        }

        var lines = text.ToString();
        _file.Write(Encoding.UTF8.GetBytes(lines));
        _console?.Write(lines);
    }

    private string TellDropped(int lines) =>
        Append(new(), LogLevel.Warning, string.Create(CultureInfo.InvariantCulture, $"{lines} lines are not shown here: the log's file has them")).ToString();

    private StringBuilder Append(StringBuilder text, LogLevel level, string message) => text
        .Append(_time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))
        .Append(' ').Append(NameOf(level)).Append(' ').Append(PlainText.Of(message)).Append('\n');

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO ",
        LogLevel.Warning => "WARN ",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    private sealed class Logger(SupervisorLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log._level && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
