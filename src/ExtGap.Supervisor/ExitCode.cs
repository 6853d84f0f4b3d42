namespace ExtGap.Supervisor;

/// <summary>The exit codes of <c>extgap</c>; scripts go by them.</summary>
public static class ExitCode
{
    /// <summary>The verb did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>It did not: a program failed, had to be killed, or is not healthy.</summary>
    public const int Failure = 1;

    /// <summary>A program that should run does not (<c>extgap status</c>), as supervisord's users know it.</summary>
    public const int NotRunning = 3;

    /// <summary>No supervisor runs for this configuration.</summary>
    public const int NoSupervisor = 4;

    /// <summary>A command line that can't be understood, or a program that there isn't (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>Another supervisor runs for this configuration (EX_TEMPFAIL).</summary>
    public const int SupervisorRuns = 75;

    /// <summary>A configuration that can't work (EX_CONFIG).</summary>
    public const int Configuration = 78;
}
