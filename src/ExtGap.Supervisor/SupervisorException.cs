namespace ExtGap.Supervisor;

/// <summary>An error that the user is told in plain words: what is wrong, the value, and what to do. It ends a verb with its exit code.</summary>
public class SupervisorException : Exception
{
    /// <summary>An error with the exit code that it ends the verb with.</summary>
    public SupervisorException(int exitCode, string message, Exception? cause = null)
        : base(message, cause)
    {
        ExitCode = exitCode;
    }

    /// <summary>One of the codes in <see cref="ExtGap.Supervisor.ExitCode"/>.</summary>
    public int ExitCode { get; }
}
