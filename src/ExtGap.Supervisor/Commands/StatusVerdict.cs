using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Commands;

/// <summary>The exit code of <c>extgap status</c>.</summary>
internal static class StatusVerdict
{
    /// <summary>0 where each program that should run does, 3 where one does not: a crash loop too.</summary>
    public static int Of(SupervisorStatus status) => status.Programs.Any(program => program.IsTroubled) ? ExitCode.NotRunning : ExitCode.Success;
}
