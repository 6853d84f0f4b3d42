namespace ExtGap.Supervisor.Lifecycle;

/// <summary>The states of a program, as supervisord's users know them.</summary>
internal enum ProgramPhase
{
    /// <summary>Nothing runs, and nothing shall.</summary>
    Stopped,

    /// <summary>A process is there, or about to be, and is not ready.</summary>
    Starting,

    /// <summary>The process is ready.</summary>
    Running,

    /// <summary>It failed; it will be tried again at a known time.</summary>
    Backoff,

    /// <summary>The process has been told to go, or has gone and its group is not known to be empty yet.</summary>
    Stopping,

    /// <summary>It ended without anybody asking, and its policy is not to start it again.</summary>
    Exited,

    /// <summary>It failed in a way that trying again can't mend, or was tried often enough.</summary>
    Fatal,
}
