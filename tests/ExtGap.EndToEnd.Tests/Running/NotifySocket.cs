using System.Net.Sockets;
using System.Text;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>The receiving end of sd_notify, as a supervisor has it.</summary>
public sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[256 * 1024];

    public NotifySocket(string path)
    {
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public string Path { get; }

    /// <summary>Waits for a datagram that has an assignment which begins with a text.</summary>
    /// <returns>The rest of the assignment.</returns>
    public async Task<string> WaitForAsync(string start, CancellationToken cancellationToken) =>
        (await WaitForDatagramAsync(start, cancellationToken)).First(assignment => assignment.StartsWith(start, StringComparison.Ordinal))[start.Length..];

    /// <summary>Waits for a datagram that has an assignment which begins with a text.</summary>
    /// <returns>All of its assignments.</returns>
    public async Task<IReadOnlyList<string>> WaitForDatagramAsync(string start, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = await _socket.ReceiveAsync(_buffer, cancellationToken);
            var assignments = Encoding.UTF8.GetString(_buffer, 0, length).Split('\n');
            if (assignments.Any(assignment => assignment.StartsWith(start, StringComparison.Ordinal)))
            {
                return assignments;
            }
        }
    }

    /// <summary>Fills it, so that there is no room for another datagram until somebody reads.</summary>
    public void Fill()
    {
        using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            while (true)
            {
                sender.SendTo("X_TEST=1"u8, new UnixDomainSocketEndPoint(Path));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
        {
            // That was the last one.
        }
    }

    public void Dispose() => _socket.Dispose();
}
