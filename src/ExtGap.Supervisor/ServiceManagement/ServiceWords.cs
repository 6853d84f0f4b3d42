using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.ServiceManagement;

/// <summary>How the programs fare in one line: <c>3 running</c>, or <c>2 running, 1h BACKOFF</c>.</summary>
internal static class ServiceWords
{
    // No reasons: they may quote what a program wrote, and each line of a notice is an assignment.
    public static string Of(IReadOnlyList<ProgramView> programs)
    {
        var running = programs.Count(program => program.State.Phase == ProgramPhase.Running);
        var others = programs
            .Where(program => program.State.Phase != ProgramPhase.Running && (program.State.WasStarted || program.Options.AutoStart))
            .Select(program => $"{program.Name} {PhaseNames.Of(program.State.Phase)}");
        return string.Join(", ", others.Prepend(FormattableString.Invariant($"{running} running")));
    }
}
