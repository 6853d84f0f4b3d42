using System.Globalization;

namespace ExtGap.Supervisor.Lifecycle;

/// <summary>How a process ended.</summary>
internal abstract record ExitCause
{
    private ExitCause()
    {
    }

    /// <summary>Whether it ended by itself, without a fault.</summary>
    public bool IsSuccess => this is Exited { Code: 0 };

    /// <summary>It ended by itself with an exit code.</summary>
    internal sealed record Exited(int Code) : ExitCause
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"exit code {Code}");
    }

    /// <summary>A signal ended it.</summary>
    internal sealed record Killed(int Signal) : ExitCause
    {
        public override string ToString() => $"killed by {SignalNames.Of(Signal)}";
    }

    /// <summary>The system told a code that stands for either: 128 + n is what a shell makes of signal n, and a program may exit with it too.</summary>
    internal sealed record Ambiguous(int Code) : ExitCause
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"exit code {Code}, or killed by {SignalNames.Of(Code - 128)}");
    }
}

/// <summary>Names of signals, as <c>kill -l</c> has them on Linux.</summary>
internal static class SignalNames
{
    private static readonly string[] Names =
    [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM",
        "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    public static string Of(int signal) =>
        signal >= 1 && signal <= Names.Length ? Names[signal - 1] : string.Create(CultureInfo.InvariantCulture, $"signal {signal}");
}
