namespace ExtGap.Supervisor;

/// <summary>A supervisor that is asked for something to run while it ends. It changes its mind for nobody, but the next one can be started when it has gone.</summary>
public sealed class SupervisorEndingException(string message) : SupervisorException(Supervisor.ExitCode.Failure, message);
