using System.Net.Sockets;
using System.Text;

namespace ExtGap.Shared;

/// <summary>
/// Tells whoever started the process how it fares, by systemd's protocol sd_notify(3): a bot its supervisor, the supervisor systemd. Without
/// anybody to tell it tells nobody. The source is compiled into both, so that neither depends on the other.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _address;
    private readonly bool _isConnected;

    /// <param name="notifySocket">The variable <c>NOTIFY_SOCKET</c>: a path, or an abstract name after an <c>@</c>.</param>
    public ServiceManager(string? notifySocket)
    {
        if (!string.IsNullOrEmpty(notifySocket))
        {
            try
            {
                _address = new(notifySocket[0] == '@' ? '\0' + notifySocket[1..] : notifySocket);
            }
            catch (ArgumentException)
            {
                // Too long for a socket's name, so nobody listens there.
                return;
            }

            _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
            try
            {
                // The name may be lost with its folder while who bound it listens on: who is connected is heard all the same.
                _socket.Connect(_address);
                _isConnected = true;
            }
            catch (SocketException)
            {
                // Nobody listens there yet.
            }
        }
    }

    /// <summary>Whether there is a name to tell anything to.</summary>
    public bool IsThere => _socket is not null;

    /// <summary>Sends assignments such as <c>READY=1</c>. One that can't be sent is lost: nobody must wait for his supervisor.</summary>
    /// <returns>Whether the supervisor has them, or will have when it reads.</returns>
    public bool Tell(params IEnumerable<string> assignments)
    {
        if (_socket is null)
        {
            return false;
        }

        var message = Encoding.UTF8.GetBytes(string.Join('\n', assignments));

        // Who was started anew, as systemd may be, listens at the old name on another socket.
        return (_isConnected && TrySend(() => _socket.Send(message))) || TrySend(() => _socket.SendTo(message, _address!));
    }

    public void Dispose() => _socket?.Dispose();

    private static bool TrySend(Func<int> send)
    {
        try
        {
            return send() > 0;
        }
        catch (SocketException)
        {
            // It is busy or gone; a bot's lifeline tells which.
            return false;
        }
    }
}
