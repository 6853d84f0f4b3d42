using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Logs;

namespace ExtGap.Supervisor.Running;

/// <summary>The two logs of a program. They stay open from one process to the next, so that whoever follows them misses nothing.</summary>
internal sealed class ProgramLogs : IDisposable
{
    private LogOptions _options;
    private volatile RollingLogFile _stdout;
    private volatile RollingLogFile _stderr;

    public ProgramLogs(ProgramOptions options)
    {
        _options = options.Logs;
        (_stdout, _stderr) = Open(options);
    }

    public RollingLogFile Stdout => _stdout;

    public RollingLogFile Stderr => _stderr;

    /// <summary>Output that no file would take.</summary>
    public long DroppedBytes => _stdout.Losses.Bytes + _stderr.Losses.Bytes;

    /// <summary>A new process begins, under options that may have changed.</summary>
    public void Begin(ProgramOptions options)
    {
        if (options.Logs != _options)
        {
            Dispose();
            _options = options.Logs;
            (_stdout, _stderr) = Open(options);
        }

        _stderr.MarkStart();
    }

    public void Dispose()
    {
        _stdout.Dispose();
        _stderr.Dispose();
    }

    private static (RollingLogFile Stdout, RollingLogFile Stderr) Open(ProgramOptions options)
    {
        RollingLogFile At(string path) => new(path, options.Logs.MaxSize, options.Logs.Backups);
        return (At(LogFiles.Stdout(options.Logs, options.Name)), At(LogFiles.Stderr(options.Logs, options.Name)));
    }
}

/// <summary>What a process writes goes to its program's log.</summary>
internal sealed class LogSink(RollingLogFile log) : IOutputSink
{
    public void Write(ReadOnlySpan<byte> bytes) => log.Write(bytes);
}
