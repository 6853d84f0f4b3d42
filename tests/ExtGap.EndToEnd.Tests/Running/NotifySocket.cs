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
    public async Task<string> WaitForAsync(string start, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = await _socket.ReceiveAsync(_buffer, cancellationToken);
            foreach (var assignment in Encoding.UTF8.GetString(_buffer, 0, length).Split('\n'))
            {
                if (assignment.StartsWith(start, StringComparison.Ordinal))
                {
                    return assignment[start.Length..];
                }
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
