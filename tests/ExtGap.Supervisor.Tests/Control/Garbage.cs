using System.Buffers.Binary;
using System.Text;

namespace ExtGap.Supervisor.Tests.Control;

/// <summary>Bytes that nobody should send.</summary>
internal static class Garbage
{
    /// <summary>Random bytes, or a message that was damaged, with a length that fits or not.</summary>
    public static byte[] Of(Random random)
    {
        var body = random.Next(3) switch
        {
            0 => Bytes(random, random.Next(200)),
            1 => Damaged(random, """{"verb":"logs","names":["3m","15m"],"stderr":false,"lines":50,"follow":true}"""),
            _ => Damaged(random, """{"verb":"status","names":["\u00e9\ud83d\ude00"],"intervalSeconds":1.5e0}"""),
        };
        if (random.Next(4) == 0)
        {
            return body;
        }

        var header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, random.Next(8) == 0 ? random.Next(int.MinValue, int.MaxValue) : body.Length + Math.Max(0, random.Next(-8, 4)));
        return [.. header, .. body];
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Damaged(Random random, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        for (var hits = random.Next(4); hits > 0; hits--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:\\0-e.tfn"[random.Next(15)];
        }

        return bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
    }
}
