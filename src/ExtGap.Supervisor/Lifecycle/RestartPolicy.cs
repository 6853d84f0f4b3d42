using System.Globalization;
using ExtGap.Supervisor.Configuration;

namespace ExtGap.Supervisor.Lifecycle;

/// <summary>What becomes of a program that nobody stopped and that has no process any more: BACKOFF, EXITED or FATAL.</summary>
internal static class RestartPolicy
{
    // EX_USAGE and EX_CONFIG: what a bot ends with when its configuration can't work.
    private static readonly int[] ConfigurationFaults = [64, 78];

    /// <summary>After a process that ended by itself, or was stopped as failed.</summary>
    /// <param name="options">The program's own.</param>
    /// <param name="state">With how it ended; its group is empty.</param>
    /// <param name="why">In plain words.</param>
    /// <param name="now">Monotonic.</param>
    /// <param name="random">At least 0 and less than 1; spreads restarts.</param>
    public static ProgramState AfterEnd(ProgramOptions options, ProgramState state, string why, TimeSpan now, double random)
    {
        state = state with { Failures = state.Succeeded && options.Restart.Policy != RestartCondition.Always ? 0 : Increment(state.Failures) };
        if (options.IsBot && state.LastExit is ExitCause.Exited exited && ConfigurationFaults.Contains(exited.Code))
        {
            return GiveUp(state, string.IsNullOrWhiteSpace(state.LastError) ? why : state.LastError, now);
        }

        return options.Restart.Policy == RestartCondition.Never || (options.Restart.Policy == RestartCondition.OnFailure && state.Succeeded)
            ? state with { Phase = ProgramPhase.Exited, Since = now, Deadline = null, Reason = why }
            : TryAgain(options.Restart, state, why, now, random);
    }

    /// <summary>After a start that gave no process. Where the policy is never to try again this is FATAL: there is nothing that could have EXITED.</summary>
    /// <param name="options">The program's own.</param>
    /// <param name="state">What was.</param>
    /// <param name="failed">Why there is none.</param>
    /// <param name="now">Monotonic.</param>
    /// <param name="random">At least 0 and less than 1; spreads restarts.</param>
    public static ProgramState AfterNoStart(ProgramOptions options, ProgramState state, ProgramInput.SpawnFailed failed, TimeSpan now, double random)
    {
        state = state with { Failures = Increment(state.Failures) };
        return failed.IsPermanent || options.Restart.Policy == RestartCondition.Never
            ? GiveUp(state, failed.Why, now)
            : TryAgain(options.Restart, state, failed.Why, now, random);
    }

    /// <summary>Failures in a row that still count: none after RUNNING for resetAfter.</summary>
    public static int FailuresInARow(RestartOptions options, ProgramState state, TimeSpan now) =>
        state.Phase == ProgramPhase.Running && now - state.Since >= options.ResetAfter ? 0 : state.Failures;

    /// <summary>One more; a program that crashes every millisecond for a month gets there.</summary>
    public static int Increment(int count) => count == int.MaxValue ? count : count + 1;

    private static ProgramState TryAgain(RestartOptions options, ProgramState state, string why, TimeSpan now, double random)
    {
        if (state.Failures > options.MaxRetries)
        {
            var restarts = options.MaxRetries switch
            {
                0 => "maxRetries is 0",
                1 => "given up after 1 restart",
                var retries => string.Create(CultureInfo.InvariantCulture, $"given up after {retries} restarts"),
            };
            return GiveUp(state, $"{restarts}: {why}", now);
        }

        return state with
        {
            Phase = ProgramPhase.Backoff,
            Since = now,
            Deadline = now + RestartDelay.Of(options, state.Failures, random),
            Reason = why,
        };
    }

    private static ProgramState GiveUp(ProgramState state, string why, TimeSpan now) =>
        state with { Phase = ProgramPhase.Fatal, Since = now, Deadline = null, Reason = why };
}
