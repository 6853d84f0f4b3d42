namespace ExtGap.Bot;

/// <summary>An error that the user is told in plain words: what is wrong, the value, and what to do. It ends the process with its exit code.</summary>
public sealed class BotException : Exception
{
    /// <summary>An error with the exit code that it ends the process with.</summary>
    public BotException(int exitCode, string message, Exception? cause = null)
        : base(message, cause)
    {
        ExitCode = exitCode;
    }

    /// <summary>One of the codes in <see cref="ExtGap.Bot.ExitCode"/>.</summary>
    public int ExitCode { get; }
}
