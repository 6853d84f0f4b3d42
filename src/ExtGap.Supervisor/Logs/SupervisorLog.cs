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

    private readonly Lock _gate = new();
    private readonly RollingLogFile _file;
    private readonly TextWriter? _console;
    private readonly LogLevel _level;
    private readonly TimeProvider _time;

    /// <param name="file">Belongs to the caller, who closes it when the last logger is silent.</param>
    /// <param name="console">None in the background.</param>
    /// <param name="level">What is less than that is not written.</param>
    /// <param name="time">For the times in the lines.</param>
    public SupervisorLog(RollingLogFile file, TextWriter? console = null, LogLevel level = LogLevel.Information, TimeProvider? time = null)
    {
        _file = file;
        _console = console;
        _level = level;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>A factory of loggers that write here.</summary>
    public ILoggerFactory CreateFactory() => LoggerFactory.Create(logging => logging.SetMinimumLevel(_level).AddProvider(this));

    // The categories are the supervisor's own types, which tell its user nothing.
    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        // Nothing waits here to be written.
    }

    private void Write(LogLevel level, string message, Exception? exception)
    {
        var text = new StringBuilder()
            .Append(_time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))
            .Append(' ').Append(NameOf(level)).Append(' ').Append(PlainText.Of(message)).Append('\n');
        foreach (var line in (exception?.ToString() ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(Indent).Append(PlainText.Of(line.TrimEnd())).Append('\n');
        }

        var lines = text.ToString();
        _file.Write(Encoding.UTF8.GetBytes(lines));
        if (_console is not null)
        {
            Show(_console, lines);
        }
    }

    private void Show(TextWriter console, string lines)
    {
        lock (_gate)
        {
            try
            {
                console.Write(lines);
                console.Flush();
            }
            catch (IOException)
            {
                // The terminal has gone; the file has the lines.
            }
        }
    }

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
