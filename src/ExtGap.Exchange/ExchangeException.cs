namespace ExtGap.Exchange;

/// <summary>Why the exchange can't start; the message says what is wrong and what to do.</summary>
public sealed class ExchangeException(string message, int exitCode, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The process's exit code: 64 wrong usage, 78 a file that can't be used, 1 anything else.</summary>
    public int ExitCode { get; } = exitCode;
}
