using ExtGap.Supervisor.Tests.Support;

namespace ExtGap.Supervisor.Tests.Lifecycle.Simulation;

/// <summary>What properties ask of a random life.</summary>
internal static class Lives
{
    public static void ForEachMove(Seed seed, Func<ProgramWorld, Move, bool> holds)
    {
        var world = Lived(seed);
        foreach (var move in world.Moves)
        {
            Holds(holds(world, move), world, seed, move);
        }
    }

    public static ProgramWorld Lived(Seed seed)
    {
        var world = new ProgramWorld(seed.Value);
        world.Run();
        return world;
    }

    public static void Holds(bool condition, ProgramWorld world, Seed seed, Move? move = null)
    {
        // The story is long; it is only told where something is wrong.
        if (!condition)
        {
            Assert.Fail($"{seed}, {move}\n{world}");
        }
    }
}
