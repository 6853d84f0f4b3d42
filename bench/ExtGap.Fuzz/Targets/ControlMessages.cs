using System.Buffers.Binary;
using System.Text.Json;
using ExtGap.Fuzz.Inputs;
using ExtGap.Supervisor.Control;

namespace ExtGap.Fuzz.Targets;

/// <summary>Makes what one side of the control pipe sends: a hello and a message, framed as the protocol has it, or nearly so.</summary>
internal static class ControlMessages
{
    private static readonly byte[] Hello = JsonSerializer.SerializeToUtf8Bytes(ControlHello.Current, ControlJson.Default.ControlHello);

    /// <summary>A hello and a message, both valid.</summary>
    public static byte[] Of(byte[] message) => [.. Framed(Hello), .. Framed(message)];

    /// <summary>The same with something wrong: in the JSON of either, in a length, or anywhere.</summary>
    public static byte[] Make(ref Rng rng, Mutator mutator, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> messages, IReadOnlyList<byte[]> words)
    {
        if (rng.OneIn(4))
        {
            return mutator.Mutate(ref rng, corpus, words);
        }

        var hello = rng.OneIn(8) ? mutator.Mutate(ref rng, [Hello], words) : Hello;
        var stream = Framed(hello).ToList();
        for (var count = rng.OneIn(8) ? rng.Below(4) : 1; count > 0; count--)
        {
            var message = rng.OneIn(8) ? JsonGrammar.Generate(ref rng, words) : mutator.Mutate(ref rng, messages, words);
            stream.AddRange(Framed(message, rng.OneIn(16) ? Length(ref rng, message.Length) : null));
        }

        return [.. stream];
    }

    private static int Length(ref Rng rng, int length) => rng.Below(4) switch
    {
        0 => length + 1,
        1 => Math.Max(length - 1, 0),
        2 => ControlFraming.MaxReplyBytes - rng.Below(3) + 1,
        _ => (int)rng.Next(),
    };

    /// <summary>The length of a message, or a wrong one, and the message.</summary>
    public static byte[] Framed(byte[] json, int? length = null)
    {
        var frame = new byte[sizeof(int) + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length ?? json.Length);
        json.CopyTo(frame, sizeof(int));
        return frame;
    }
}
