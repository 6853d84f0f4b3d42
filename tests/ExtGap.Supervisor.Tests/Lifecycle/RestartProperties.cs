using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Tests.Support;
using FsCheck.Xunit;
using static ExtGap.Supervisor.Tests.Lifecycle.Simulation.Lives;

namespace ExtGap.Supervisor.Tests.Lifecycle;

[Properties(Arbitrary = [typeof(Seeds)], MaxTest = 2000)]
public sealed class RestartProperties
{
    [Property]
    public void A_wait_for_the_next_try_is_the_documented_one(Seed seed)
    {
        var failures = 0;
        var runningSince = TimeSpan.MaxValue;
        ForEachMove(seed, (world, move) =>
        {
            if (move.Input is ProgramInput.Start or ProgramInput.Restart or ProgramInput.Stop && move.Effects is [ProgramEffect.Spawn] || move.After.Phase == ProgramPhase.Stopped
                || (move.Before.After == AfterStop.StartAgain && move.Effects is [ProgramEffect.Spawn]))
            {
                failures = 0;
            }

            if (move.Before.Phase != ProgramPhase.Running && move.After.Phase == ProgramPhase.Running)
            {
                runningSince = move.Now;
            }
            else if (move.Before.Phase == ProgramPhase.Running && move.After.Phase != ProgramPhase.Running)
            {
                failures = move.Now - runningSince >= world.Options.Restart.ResetAfter ? 0 : failures;
            }

            if (move.Before.Phase == ProgramPhase.Backoff || move.After.Phase != ProgramPhase.Backoff)
            {
                return true;
            }

            failures++;
            var restart = world.Options.Restart;
            var initial = failures == 1 ? restart.InitialDelay.TotalSeconds : Math.Max(restart.InitialDelay.TotalSeconds, 0.1);
            var exact = Math.Min(initial * Math.Pow(restart.Factor, failures - 1), restart.MaxDelay.TotalSeconds);
            var wait = (move.After.Deadline!.Value - move.Now).TotalSeconds;
            return wait >= (exact * (1 - restart.Jitter)) - 1e-6 && wait <= (exact * (1 + restart.Jitter)) + 1e-6
                && move.After.Failures == failures && (restart.MaxRetries is not { } retries || failures <= retries);
        });
    }

    [Property]
    public void A_program_was_killed_when_it_had_been_asked_and_time_was_over(Seed seed)
    {
        var (asked, killed) = (TimeSpan.MaxValue, false);
        ForEachMove(seed, (world, move) =>
        {
            switch (move.Effects)
            {
                case [ProgramEffect.Spawn]:
                    (asked, killed) = (TimeSpan.MaxValue, false);
                    break;
                case [ProgramEffect.Signal { Kind: ProgramSignal.Stop }]:
                    asked = move.Now;
                    break;
                case [ProgramEffect.Signal { Kind: ProgramSignal.Kill }] when asked < TimeSpan.MaxValue:
                    killed = true;
                    Holds(move.Now - asked >= world.Options.Stop.Timeout, world, seed);
                    break;
            }

            return move.After.WasKilled == killed || (move.Input is ProgramInput.Stop && !(killed = false));
        });
    }

    [Property]
    public void Restarts_count_what_the_policy_started_and_no_wish(Seed seed)
    {
        var world = Lived(seed);

        var byPolicy = world.Moves.Count(move => move.Before.Phase == ProgramPhase.Backoff && move.Input is ProgramInput.Tick && move.Effects is [ProgramEffect.Spawn]);
        Holds(world.State.Restarts == byPolicy, world, seed);
    }

    [Property]
    public void What_the_policy_forbids_never_happens(Seed seed) => ForEachMove(seed, (world, move) => (world.Options.Restart.Policy, move.After.Phase) switch
    {
        (RestartCondition.Never, ProgramPhase.Backoff) => false,
        (RestartCondition.Always, ProgramPhase.Exited) => false,
        (RestartCondition.OnFailure, ProgramPhase.Exited) => move.After.Succeeded,
        (RestartCondition.OnFailure, ProgramPhase.Backoff) => !move.After.Succeeded,
        _ => true,
    });
}
