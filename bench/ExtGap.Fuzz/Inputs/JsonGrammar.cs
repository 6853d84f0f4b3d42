namespace ExtGap.Fuzz.Inputs;

/// <summary>Makes JSON, mostly well-formed, of a parser's own keys and of values that nobody expects there.</summary>
internal static class JsonGrammar
{
    private const int Deepest = 6;

    /// <param name="rng">Where all choices come from.</param>
    /// <param name="keys">Keys that mean something to the parser.</param>
    public static byte[] Generate(ref Rng rng, IReadOnlyList<byte[]> keys)
    {
        var json = new List<byte>();
        WriteValue(ref rng, json, keys, 0);
        return [.. json];
    }

    private static void WriteValue(ref Rng rng, List<byte> json, IReadOnlyList<byte[]> keys, int depth)
    {
        switch (depth == 0 ? rng.Below(2) : rng.Below(depth < Deepest ? 8 : 6))
        {
            case 0 when depth < Deepest:
            case 6:
                WriteList(ref rng, json, keys, depth, isObject: true);
                break;
            case 1 when depth < Deepest:
            case 7:
                WriteList(ref rng, json, keys, depth, isObject: false);
                break;
            case 2:
                json.AddRange(rng.Pick(Nasty.Texts));
                break;
            case 3:
                json.Add((byte)'"');
                json.AddRange(rng.Pick(Nasty.Numbers));
                json.Add((byte)'"');
                break;
            case 4:
                json.AddRange(rng.Pick(keys));
                break;
            default:
                json.AddRange(rng.Pick(Nasty.Numbers));
                break;
        }
    }

    private static void WriteList(ref Rng rng, List<byte> json, IReadOnlyList<byte[]> keys, int depth, bool isObject)
    {
        json.Add((byte)(isObject ? '{' : '['));
        var count = rng.Below(depth == 0 ? 6 : 4);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                json.Add((byte)',');
            }

            if (isObject)
            {
                json.AddRange(rng.OneIn(8) ? rng.Pick(Nasty.Texts) : rng.Pick(keys));
                json.Add((byte)':');
            }

            WriteValue(ref rng, json, keys, depth + 1);
        }

        json.Add((byte)(isObject ? '}' : ']'));
    }
}
