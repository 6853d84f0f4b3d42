using System.Net.WebSockets;

namespace ExtGap.Measure;

/// <summary>
/// The least that a .NET program can do with frames: it receives each and looks whether it closes a candle, and says words at the second
/// that does: <c>scan URL WORDS</c>.
/// </summary>
internal static class Scanner
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(args[0]), CancellationToken.None);
        await Console.Out.WriteLineAsync("Connected");
        var buffer = new byte[1 << 16];
        for (var closed = 0; closed < 2;)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            closed += buffer.AsSpan(0, received.Count).IndexOf("\"x\":true"u8) >= 0 ? 1 : 0;
        }

        await Console.Out.WriteLineAsync(args[1]);
        return 0;
    }
}
