using System.Text;

namespace ExtGap.Core.Tests.Support;

/// <summary>Damages bytes the way that disks, editors and other programs do.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            ",", "\n", "\r\n", "\0", "-", "+", ".", "0", "00", "e9", "NaN", "\"", ";", " ", "\uFEFF", "é", "open_time,", "-1", "1000000000000000",
            "253402300799999", "253402300800000", "251170848000000000", "9223372036854775807", "18446744073709551616", "0.000000001", "92233720368.54775808",
            "99999999999999999999999999999999999999999999", "1735689600000", "253399622400000,1,1,1,1,0,253402300799999,0,0,0,0,0\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly Random _random = new(seed);

    public byte[] Mutate(byte[] content)
    {
        var bytes = new List<byte>(content);
        for (var times = _random.Next(1, 4); times > 0; times--)
        {
            MutateOnce(bytes);
        }

        return [.. bytes];
    }

    private void MutateOnce(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 30), bytes.Count - at);
        switch (_random.Next(6))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                ReplaceField(bytes, at);
                break;
            default:
                bytes.InsertRange(at, Fragments[_random.Next(Fragments.Length)]);
                break;
        }
    }

    private void ReplaceField(List<byte> bytes, int at)
    {
        var start = at;
        while (start > 0 && bytes[start - 1] is not ((byte)',' or (byte)'\n'))
        {
            start--;
        }

        var end = at;
        while (end < bytes.Count && bytes[end] is not ((byte)',' or (byte)'\n'))
        {
            end++;
        }

        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Fragments[_random.Next(Fragments.Length)]);
    }
}
