using System.Text;
using ExtGap.Fuzz.Inputs;
using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Tests;

/// <summary>A reader that does what its input says.</summary>
internal sealed class FaultyTarget : FuzzTarget
{
    private readonly List<byte[]> _kept = [];
    private readonly ManualResetEventSlim _end = new();

    public override string Name => "faulty";

    public override IReadOnlyList<byte[]> Corpus => Valid;

    /// <summary>What it calls valid.</summary>
    public IReadOnlyList<byte[]> Valid { get; init; } = [Encoding.UTF8.GetBytes("good")];

    public override IReadOnlyList<byte[]> Words { get; } = [[0]];

    /// <summary>Each input, if there is one.</summary>
    public byte[]? Forced { get; set; }

    public override byte[] Make(ref Rng rng, Mutator mutator) => Forced ?? base.Make(ref rng, mutator);

    public override bool Read(byte[] input)
    {
        switch (Encoding.UTF8.GetString(input))
        {
            case "throws":
                throw new InvalidOperationException("throws");
            case "breaks a promise":
                throw new BrokenPromiseException("breaks a promise");
            case "allocates":
                return new byte[1 << 20].Length > 0;
            case "hangs":
                _end.Wait();
                return true;
            case "keeps":
                _kept.Add(new byte[2048]);
                return true;
            case "refuses":
                return false;
            default:
                return true;
        }
    }

    public override void Dispose()
    {
        _end.Set();
        base.Dispose();
    }
}
