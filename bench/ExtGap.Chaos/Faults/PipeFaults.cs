using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace ExtGap.Chaos.Faults;

/// <summary>Strangers on the control pipe.</summary>
internal static class PipeFaults
{
    public static IEnumerable<FaultKind> Of(World world) =>
    [
        new("garbage on the control pipe", TimeSpan.FromSeconds(4), (random, token) => SendAsync(world, Garbage(random), TimeSpan.Zero, token)),
        new("silent client on the control pipe", TimeSpan.FromSeconds(10), (random, token) => SendAsync(world, [], TimeSpan.FromSeconds(random.NextDouble() * 8), token)),
        new("50 clients on the control pipe together", TimeSpan.FromSeconds(30), async (random, token) =>
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync(world, random.Next(2) == 0 ? [] : [9, 0, 0, 0, (byte)'{'], TimeSpan.FromSeconds(1), token)));
            return null;
        }),
    ];

    private static async Task<TimeSpan?> SendAsync(World world, byte[] bytes, TimeSpan hold, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(world.Place.RunDirectory, "extgap.sock")), cancellationToken);
            await socket.SendAsync(bytes, cancellationToken);
            await Task.Delay(hold, TimeProvider.System, cancellationToken);
        }
        catch (SocketException)
        {
            throw new NotNowException();
        }

        return null;
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(sizeof(int), 20_000)];
        random.NextBytes(bytes);
        switch (random.Next(4))
        {
            case 0:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, int.MaxValue);
                break;
            case 1:
                var text = Encoding.UTF8.GetBytes("""{"protocol":1,"version":"x"}""");
                bytes = [(byte)text.Length, 0, 0, 0, .. text, .. bytes];
                break;
            case 2:
                text = Encoding.UTF8.GetBytes("""{"protocol":99,"version":"9.9"}""");
                bytes = [(byte)text.Length, 0, 0, 0, .. text];
                break;
            default:
                break;
        }

        return bytes;
    }
}
