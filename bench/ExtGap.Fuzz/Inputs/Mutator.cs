using System.Buffers;
using System.Runtime.InteropServices;

namespace ExtGap.Fuzz.Inputs;

/// <summary>Makes an input of a valid one: a few changes, each a small accident of a wire, a disk, an editor or an adversary.</summary>
internal sealed class Mutator
{
    private const int LongestInput = 256 * 1024;

    private static readonly SearchValues<byte> Number = SearchValues.Create("0123456789."u8);

    private readonly List<byte> _bytes = [];

    /// <summary>Changes one of the corpus, or nothing of it once in a while.</summary>
    /// <param name="rng">Where all choices come from.</param>
    /// <param name="corpus">Valid inputs.</param>
    /// <param name="words">What means something to the parser.</param>
    public byte[] Mutate(ref Rng rng, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words)
    {
        _bytes.Clear();
        _bytes.AddRange(rng.Pick(corpus));
        var changes = rng.OneIn(32) ? 0 : rng.OneIn(2) ? 1 : 1 + rng.Below(8);
        for (var i = 0; i < changes && _bytes.Count < LongestInput; i++)
        {
            Change(ref rng, corpus, words);
        }

        return [.. _bytes];
    }

    private void Change(ref Rng rng, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words)
    {
        var at = rng.Below(_bytes.Count + 1);
        switch (rng.Below(20))
        {
            case 0 when at < _bytes.Count:
                _bytes[at] ^= (byte)(1 << rng.Below(8));
                break;
            case 1 when at < _bytes.Count:
                _bytes[at] = (byte)rng.Next();
                break;
            case 2:
                _bytes.RemoveRange(at, Length(ref rng, at));
                break;
            case 3:
                _bytes.RemoveRange(at, _bytes.Count - at);
                break;
            case 4:
                _bytes.InsertRange(at, _bytes.GetRange(at, Length(ref rng, at)));
                break;
            case 5:
                Splice(ref rng, at, rng.Pick(corpus));
                break;
            case 6:
                _bytes.InsertRange(at, rng.Pick(Nasty.Bytes));
                break;
            case 7:
                Repeat(ref rng, at, rng.Pick(Nasty.Bytes));
                break;
            case 8:
                Repeat(ref rng, at, rng.Pick(Nasty.Openers));
                break;
            case 9 or 10:
                _bytes.InsertRange(at, rng.Pick(words));
                break;
            case 11 or 12 or 13:
                ReplaceRun(at, Run.Number, rng.Pick(Nasty.Numbers));
                break;
            case 14:
                ReplaceRun(at, Run.Text, rng.Pick(rng.OneIn(2) ? Nasty.Texts : words));
                break;
            case 15 when at < _bytes.Count && char.IsAsciiDigit((char)_bytes[at]):
                _bytes[at] = (byte)('0' + rng.Below(10));
                break;
            case 16:
                Exchange(ref rng, at, Run.Number);
                break;
            case 17:
                Exchange(ref rng, at, Run.Text);
                break;
            case 18 when rng.OneIn(64):
                Double(ref rng);
                break;
            default:
                ChangeDigit(ref rng, at);
                break;
        }
    }

    private int Length(ref Rng rng, int at) => Math.Min(rng.OneIn(4) ? rng.Below(_bytes.Count) : rng.Below(16), _bytes.Count - at);

    private void Splice(ref Rng rng, int at, byte[] other)
    {
        _bytes.RemoveRange(at, _bytes.Count - at);
        _bytes.AddRange(other.AsSpan(rng.Below(other.Length + 1)));
    }

    private void Repeat(ref Rng rng, int at, byte[] what)
    {
        var count = rng.OneIn(256) ? rng.Pick(Nasty.RareLengths) : rng.OneIn(8) ? rng.Pick(Nasty.Lengths) : 1 + rng.Below(40);
        var repeated = new byte[count * what.Length];
        for (var i = 0; i < count; i++)
        {
            what.CopyTo(repeated, i * what.Length);
        }

        _bytes.InsertRange(at, repeated);
    }

    private void Double(ref Rng rng)
    {
        for (var times = 1 + rng.Below(8); times > 0 && _bytes.Count is > 0 and < LongestInput; times--)
        {
            _bytes.AddRange(CollectionsMarshal.AsSpan(_bytes).ToArray());
        }
    }

    // Most of what has a digit changed is still valid, and reaches what lies behind the parsing.
    private void ChangeDigit(ref Rng rng, int at)
    {
        var span = CollectionsMarshal.AsSpan(_bytes);
        var digit = at < span.Length ? span[at..].IndexOfAnyInRange((byte)'0', (byte)'9') : -1;
        if (digit >= 0)
        {
            span[at + digit] = (byte)('0' + rng.Below(10));
        }
    }

    private void ReplaceRun(int at, Run kind, byte[] with)
    {
        var (start, length) = Find(at, kind);
        if (length > 0)
        {
            _bytes.RemoveRange(start, length);
            _bytes.InsertRange(start, with);
        }
    }

    /// <summary>Puts one of the input's own numbers or texts in the place of another.</summary>
    private void Exchange(ref Rng rng, int at, Run kind)
    {
        var (start, length) = Find(rng.Below(_bytes.Count + 1), kind);
        if (length > 0)
        {
            ReplaceRun(at, kind, [.. _bytes.GetRange(start, length)]);
        }
    }

    private (int Start, int Length) Find(int at, Run kind)
    {
        var rest = CollectionsMarshal.AsSpan(_bytes)[at..];
        if (kind == Run.Number)
        {
            var start = rest.IndexOfAnyInRange((byte)'0', (byte)'9');
            var length = start < 0 ? 0 : rest[start..].IndexOfAnyExcept(Number);
            return (at + Math.Max(start, 0), length < 0 ? rest.Length - start : length);
        }

        var open = rest.IndexOf((byte)'"');
        var close = open < 0 ? -1 : rest[(open + 1)..].IndexOf((byte)'"');
        return close < 0 ? (at, 0) : (at + open, close + 2);
    }

    private enum Run
    {
        Number,
        Text,
    }
}
