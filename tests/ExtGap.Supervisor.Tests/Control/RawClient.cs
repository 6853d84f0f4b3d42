using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Control;

/// <summary>A client that sends bytes as it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private RawClient()
    {
    }

    public NetworkStream Stream { get; private set; } = null!;

    public static async Task<RawClient> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        client.Stream = new(client._socket);
        return client;
    }

    public static byte[] Frame(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var frame = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, sizeof(int));
        return frame;
    }

    public async Task SendAsync(string json, CancellationToken cancellationToken) => await Stream.WriteAsync(Frame(json), cancellationToken);

    public Task HelloAsync(CancellationToken cancellationToken) => SendAsync("""{"protocol":1,"version":"test"}""", cancellationToken);

    public Task<ControlHello?> ReadHelloAsync(CancellationToken cancellationToken) =>
        ControlFraming.ReadAsync(Stream, ControlJson.Default.ControlHello, ControlFraming.MaxRequestBytes, cancellationToken);

    public Task<ControlReply?> ReadReplyAsync(CancellationToken cancellationToken) =>
        ControlFraming.ReadAsync(Stream, ControlJson.Default.ControlReply, ControlFraming.MaxReplyBytes, cancellationToken);

    /// <summary>Reads to the end: the server has hung up.</summary>
    public async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Stream.CopyToAsync(System.IO.Stream.Null, cancellationToken);
        }
        catch (IOException)
        {
            // It had not read all that was sent to it.
        }
    }

    public void CloseSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        Stream.Dispose();
        _socket.Dispose();
    }
}
