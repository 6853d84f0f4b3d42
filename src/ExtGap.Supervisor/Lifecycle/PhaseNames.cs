namespace ExtGap.Supervisor.Lifecycle;

/// <summary>The states' names, as supervisord's users know them.</summary>
internal static class PhaseNames
{
    public static string Of(ProgramPhase phase) => phase switch
    {
        ProgramPhase.Stopped => "STOPPED",
        ProgramPhase.Starting => "STARTING",
        ProgramPhase.Running => "RUNNING",
        ProgramPhase.Backoff => "BACKOFF",
        ProgramPhase.Stopping => "STOPPING",
        ProgramPhase.Exited => "EXITED",
        ProgramPhase.Fatal => "FATAL",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No such state."),
    };
}
