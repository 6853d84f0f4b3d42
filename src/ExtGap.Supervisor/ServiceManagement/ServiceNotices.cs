using System.Globalization;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.ServiceManagement;

/// <summary>
/// Decides what a service manager is to be told by sd_notify(3). It compares what is with what was told last, so that a notice which found no
/// room is in the next one, and one that has been overtaken is not said at all.
/// </summary>
internal sealed class ServiceNotices
{
    // On top of what the configuration allows: for a starved machine, and for what the kernel takes to clear a killed process away.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    private bool _isSettled;
    private ServicePhase _phase = ServicePhase.None;
    private string _words = string.Empty;

    private enum ServicePhase
    {
        None,
        Starting,
        Ready,
        Reloading,
        Stopping,
    }

    /// <summary>What has changed since the last notice that was heard, as assignments; nothing where nothing has.</summary>
    /// <param name="programs">How all programs fare.</param>
    /// <param name="isReloading">Whether a configuration is being taken over.</param>
    /// <param name="isStopping">Whether nothing is started any more.</param>
    /// <param name="monotonic">The clock that all processes of a machine share.</param>
    /// <param name="tell">Sends assignments, and says whether they were heard.</param>
    public void Tell(IReadOnlyList<ProgramView> programs, bool isReloading, bool isStopping, TimeSpan monotonic, Func<IReadOnlyList<string>, bool> tell)
    {
        // Ready once is ready for good: a program that fails later is the supervisor's business, and told in words.
        _isSettled |= programs.Where(program => program.Options.AutoStart).All(program => HasRunOrFailed(program.State));
        var phase = isStopping ? ServicePhase.Stopping : !_isSettled ? ServicePhase.Starting : isReloading ? ServicePhase.Reloading : ServicePhase.Ready;
        var words = ServiceWords.Of(programs);
        List<string> assignments = [.. phase == _phase ? [] : Announcement(phase, programs, monotonic), .. words == _words ? Array.Empty<string>() : ["STATUS=" + words]];
        if (assignments.Count > 0 && tell(assignments))
        {
            (_phase, _words) = (phase, words);
        }
    }

    private static IEnumerable<string> Announcement(ServicePhase phase, IReadOnlyList<ProgramView> programs, TimeSpan monotonic) => phase switch
    {
        ServicePhase.Starting => [Extension(StartBudget(programs))],
        ServicePhase.Ready => ["READY=1"],
        ServicePhase.Reloading => ["RELOADING=1", "MONOTONIC_USEC=" + Microseconds(monotonic), Extension(StartBudget(programs) + StopBudget(programs))],
        ServicePhase.Stopping => ["STOPPING=1", Extension(StopBudget(programs))],
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Nothing is said of it."),
    };

    // A start must end for the manager too, whatever the programs do; somebody slow may miss a short BACKOFF, which the counts tell.
    private static bool HasRunOrFailed(ProgramState state) => state.Failures > 0 || state.Restarts > 0 || state.Phase switch
    {
        ProgramPhase.Starting => false,
        ProgramPhase.Stopping => state.After == AfterStop.Stay,
        _ => true,
    };

    private static TimeSpan StartBudget(IReadOnlyList<ProgramView> programs) =>
        programs.Select(program => program.Options.IsBot ? program.Options.ReadyTimeout : program.Options.StartTime).DefaultIfEmpty().Max() + Reserve;

    private static TimeSpan StopBudget(IReadOnlyList<ProgramView> programs) => programs.Select(program => program.Options.Stop.Timeout).DefaultIfEmpty().Max() + Reserve;

    // The manager's own limits stand in its unit file; the programs' stand in supervisor.json, and may be longer.
    private static string Extension(TimeSpan budget) => "EXTEND_TIMEOUT_USEC=" + Microseconds(budget);

    private static string Microseconds(TimeSpan span) => ((long)span.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
}
