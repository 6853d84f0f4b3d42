using System.Net.Sockets;
using System.Text;

namespace ExtGap.TestProgram;

/// <summary>Says over <c>NOTIFY_SOCKET</c> what a bot says.</summary>
internal static class FakeBot
{
    /// <param name="every">Between two signs of life; none where there is none.</param>
    public static async Task<int> RunAsync(TimeSpan? every)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")!));
        Tell(socket, $"READY=1\nWATCHDOG=1\nSTATUS=pretending\nX_EXTGAP={{\"version\":1,\"pid\":{Environment.ProcessId}}}");
        using var timer = every is { } period ? new Timer(_ => Tell(socket, "WATCHDOG=1"), null, period, period) : null;
        await Waiter.WaitAsync();
        Tell(socket, "STOPPING=1");
        return 0;
    }

    private static void Tell(Socket socket, string message)
    {
        try
        {
            socket.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The supervisor has closed, or this program is about to end.
        }
    }
}
