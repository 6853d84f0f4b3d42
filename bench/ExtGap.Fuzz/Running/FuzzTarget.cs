using ExtGap.Fuzz.Inputs;

namespace ExtGap.Fuzz.Running;

/// <summary>One reader of the product's, called as the product calls it.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>As <c>--target</c> has it.</summary>
    public abstract string Name { get; }

    /// <summary>Inputs that are accepted.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>What means something to the reader, such as its keys.</summary>
    public abstract IReadOnlyList<byte[]> Words { get; }

    /// <summary>The most bytes that reading an input of a length may allocate: the message of a JSON error alone takes some 90 for each byte of the text that it quotes.</summary>
    public virtual long Allowance(int length) => (64 * 1024) + (256L * length);

    /// <summary>Makes an input: mostly a valid one with a few changes, else one by a grammar.</summary>
    /// <param name="rng">Where all choices come from: the same numbers make the same input.</param>
    /// <param name="mutator">Changes valid inputs.</param>
    public virtual byte[] Make(ref Rng rng, Mutator mutator) =>
        rng.OneIn(8) ? JsonGrammar.Generate(ref rng, Words) : mutator.Mutate(ref rng, Corpus, Words);

    /// <summary>Reads an input.</summary>
    /// <returns>Whether it was accepted; otherwise it was refused in the documented way.</returns>
    /// <exception cref="BrokenPromiseException">Something came of it that must not. Any other exception is a finding too.</exception>
    public abstract bool Read(byte[] input);

    public virtual void Dispose()
    {
    }

    /// <summary>The result of something whose streams and answers are in memory, so that there is hardly anything to wait for.</summary>
    protected static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
