using ExtGap.Supervisor.Lifecycle;
using ExtGap.Supervisor.Tests.Lifecycle.Simulation;
using ExtGap.Supervisor.Tests.Support;
using FsCheck.Xunit;
using static ExtGap.Supervisor.Tests.Lifecycle.Simulation.Lives;

namespace ExtGap.Supervisor.Tests.Lifecycle;

[Properties(Arbitrary = [typeof(Seeds)], MaxTest = 2000)]
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
}
