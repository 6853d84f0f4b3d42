using System.Globalization;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Control;

/// <param name="IsGood">Whether the program is as it was wished to be.</param>
/// <param name="Words">What has become of it.</param>
internal readonly record struct WishVerdict(bool IsGood, string Words);

/// <summary>Decides when a wish for one program is settled: a start when it runs or has failed once, a stop when nothing of it is left.</summary>
/// <param name="wish">A start, a stop or a restart.</param>
/// <param name="heard">The program right after the wish was heard.</param>
internal sealed class WishProgress(ProgramInput wish, ProgramView heard)
{
    private readonly bool _hadProcess = !IsAtRest(heard.State);
    private readonly bool _wasRunning = heard.State.Phase == ProgramPhase.Running;

    public string Name => heard.Name;

    /// <param name="now">The program now; none where it is no more.</param>
    /// <returns>None as long as it is not settled.</returns>
    public WishVerdict? Verdict(ProgramView? now)
    {
        if (now is null)
        {
            return new(wish is ProgramInput.Stop, "gone from the configuration");
        }

        return wish is ProgramInput.Stop ? Stopped(now.State) : Started(now.State);
    }

    private WishVerdict? Started(ProgramState state)
    {
        // Somebody slow may miss a short BACKOFF; the count of failures tells.
        var hasFailed = state.Failures > heard.State.Failures;
        return state.Phase switch
        {
            ProgramPhase.Running => new(true, _wasRunning && wish is ProgramInput.Start ? $"RUNNING already{Pid(state)}" : $"RUNNING{Pid(state)}"),
            ProgramPhase.Backoff or ProgramPhase.Fatal or ProgramPhase.Exited => new(false, $"{PhaseNames.Of(state.Phase)}: {Failure(state)}"),
            ProgramPhase.Stopped => new(false, "STOPPED by somebody else"),
            ProgramPhase.Stopping when state.After == AfterStop.Stay => new(false, "STOPPING, by somebody else"),
            _ when hasFailed => new(false, $"failed: {Failure(state)}"),
            _ => null,
        };
    }

    private WishVerdict? Stopped(ProgramState state)
    {
        if (IsAtRest(state))
        {
            return (_hadProcess, state.WasKilled) switch
            {
                (_, true) => new(false, "STOPPED, but it had to be killed"),
                (true, _) when state.LastExit is { } cause => new(true, $"STOPPED, {cause}"),
                _ => new(true, "STOPPED"),
            };
        }

        return state.Phase != ProgramPhase.Stopping || state.After != AfterStop.Stay ? new(false, $"{PhaseNames.Of(state.Phase)}: started again by somebody else") : null;
    }

    private static bool IsAtRest(ProgramState state) => state.Phase is ProgramPhase.Stopped or ProgramPhase.Exited or ProgramPhase.Fatal;

    private static string Pid(ProgramState state) => state.Pid is { } pid ? string.Create(CultureInfo.InvariantCulture, $", pid {pid}") : string.Empty;

    private static string Failure(ProgramState state) =>
        state.LastError is { } line && line != state.Reason ? $"{state.Reason ?? state.LastExit?.ToString()}; last error: {line}" : state.Reason ?? state.LastExit?.ToString() ?? "unknown";
}
