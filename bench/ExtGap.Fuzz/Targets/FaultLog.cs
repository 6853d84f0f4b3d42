using Microsoft.Extensions.Logging;

namespace ExtGap.Fuzz.Targets;

/// <summary>Keeps the first error that is logged: what a reader caught, and did not expect.</summary>
internal sealed class FaultLog : ILogger
{
    public string? Fault { get; private set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Fault ??= $"{formatter(state, exception)} {exception}";
        }
    }
}
