using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Tests.Lifecycle.Simulation;
using ExtGap.Supervisor.Tests.Support;
using FsCheck.Xunit;

namespace ExtGap.Supervisor.Tests.Lifecycle;

[Properties(Arbitrary = [typeof(Seeds)], MaxTest = 3000)]
public sealed class MachineProperties
{
    [Property]
    public void No_process_is_wanted_while_the_group_of_another_may_live(Seed seed)
    {
        ProgramWorld? world = null;
        world = new(seed.Value)
        {
            OnMove = move =>
            {
                if (move.Effects.OfType<ProgramEffect.Spawn>().Any())
                {
                    Holds(world!.Groups.TrueForAll(group => !group.Lives && group.IsKnownToBeGone), world, seed);
                    Holds(move.Before.Pid is null || move.Input is ProgramInput.Gone, world, seed);
                    Assert.Equal(move.Before.Run + 1, move.After.Run);
                }
            },
        };
        world.Run();
    }

    [Property]
    public void The_last_wish_wins_and_nothing_hangs(Seed seed)
    {
        var world = Lived(seed);

        // A world that has healed for ten minutes has no STARTING, STOPPING or BACKOFF left.
        var settled = world.LastWish is ProgramInput.Stop
            ? world.State.Phase == ProgramPhase.Stopped
            : world.State.Phase is ProgramPhase.Running or ProgramPhase.Exited or ProgramPhase.Fatal;
        Holds(settled, world, seed);
        Holds(world.State.IsWanted == world.LastWish is ProgramInput.Start, world, seed);
        Holds(world.Groups.Count(group => group.Lives) == (world.State.Phase == ProgramPhase.Running ? 1 : 0), world, seed);
    }

    [Property]
    public void Whoever_must_not_wait_for_ever_has_a_deadline(Seed seed) => ForEachMove(seed, (world, move) =>
    {
        var needsOne = move.After.Phase switch
        {
            ProgramPhase.Starting or ProgramPhase.Stopping => move.After.Pid is not null,
            ProgramPhase.Running => world.Options.IsBot,
            ProgramPhase.Backoff => true,
            _ => false,
        };
        return needsOne == move.After.Deadline is not null;
    });

    [Property]
    public void Signals_go_to_a_process_that_is_there_and_not_known_to_be_gone(Seed seed) => ForEachMove(seed, (world, move) =>
        move.Effects.OfType<ProgramEffect.Signal>().All(signal =>
            signal.Run == move.After.Run && move.After.Pid == 1000 + signal.Run && move.After.Phase == ProgramPhase.Stopping && move.Input is not ProgramInput.Gone)
        && move.Effects.Count <= 1);

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
            var exact = Math.Min(restart.InitialDelay.TotalSeconds * Math.Pow(restart.Factor, failures - 1), restart.MaxDelay.TotalSeconds);
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

    [Property]
    public void A_word_of_an_older_run_changes_nothing_at_any_time(Seed seed)
    {
        ProgramMachine? machine = null;
        ForEachMove(seed, (world, move) =>
        {
            machine ??= new(world.Options);
            return Situations.WordsOf(move.After.Run - 1).All(word => machine.Value.Next(move.After, word, move.Now, 0.5) is { Effects.Count: 0 } step && step.State == move.After);
        });
    }

    [Property]
    public void Inputs_in_no_order_at_all_leave_no_state_that_waits_for_ever(Seed seed)
    {
        var random = new Random(seed.Value);
        var options = SimulatedOptions.Make(random);
        var (machine, state, now) = (new ProgramMachine(options), ProgramState.Initial, TimeSpan.Zero);
        for (var move = 0; move < 100; move++)
        {
            now += TimeSpan.FromSeconds(random.Next(3) == 0 ? random.Next(100) : 0);
            var input = Situations.Input(Situations.InputNames.ElementAt(random.Next(Situations.InputNames.Count)));
            state = machine.Next(state, input is ProgramInput.OfRun word ? word with { Run = state.Run - (random.Next(10) == 0 ? 1 : 0) } : input, now, random.NextDouble()).State;

            var waits = state.Phase is ProgramPhase.Backoff || (state.Pid is not null && (state.Phase != ProgramPhase.Running || options.IsBot));
            Assert.True(!waits || state.Deadline is not null, $"seed {seed}: {input} left {state}");
            Assert.True(state.Pid is null || state.Phase is ProgramPhase.Starting or ProgramPhase.Running or ProgramPhase.Stopping, $"seed {seed}: {input} left {state}");
        }
    }

    private static void ForEachMove(Seed seed, Func<ProgramWorld, Move, bool> holds)
    {
        var world = Lived(seed);
        foreach (var move in world.Moves)
        {
            Holds(holds(world, move), world, seed, move);
        }
    }

    private static ProgramWorld Lived(Seed seed)
    {
        var world = new ProgramWorld(seed.Value);
        world.Run();
        return world;
    }

    private static void Holds(bool condition, ProgramWorld world, Seed seed, Move? move = null)
    {
        // The story is long; it is only told where something is wrong.
        if (!condition)
        {
            Assert.Fail($"{seed}, {move}\n{world}");
        }
    }
}
