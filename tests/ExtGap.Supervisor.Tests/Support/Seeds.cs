using FsCheck;
using FsCheck.Fluent;

namespace ExtGap.Supervisor.Tests.Support;

/// <summary>What a simulation is made from.</summary>
public sealed record Seed(int Value);

/// <summary>Seeds for FsCheck out of the whole range; its own integers stay below a hundred, so that most of them come again and again.</summary>
public static class Seeds
{
    public static Arbitrary<Seed> Any() => Arb.From(Gen.Choose(0, int.MaxValue).Select(value => new Seed(value)));
}
