using System.Buffers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ExtGap.Supervisor.Running;

/// <summary>The receiving end of sd_notify(3) for one run of one program: a Unix datagram socket that is there for as long as the run.</summary>
internal sealed class NotifySocket : IAsyncDisposable
{
    private const int LongestPath = 107;
    private const int LongestMessage = 256 * 1024;

    private readonly Socket _socket;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _receiving;

    private NotifySocket(string path, Socket socket, Func<Notification, ValueTask> receive)
    {
        Path = path;
        _socket = socket;
        _receiving = ReceiveAsync(receive);
    }

    /// <summary>What the program is given as <c>NOTIFY_SOCKET</c>.</summary>
    public string Path { get; }

    /// <summary>Opens the socket, anew: what was sent to the one of an earlier run is lost.</summary>
    /// <param name="runDirectory">Absolute path.</param>
    /// <param name="program">The program's name.</param>
    /// <param name="receive">Gets each message, one at a time; it must not throw. While it takes its time, messages wait in the socket.</param>
    /// <exception cref="SupervisorException">There can be no socket.</exception>
    public static NotifySocket Open(string runDirectory, string program, Func<Notification, ValueTask> receive)
    {
        var path = PathOf(runDirectory, program);
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new(path, socket, receive);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            socket.Dispose();
            throw new SupervisorException(ExitCode.Failure, $"{path}: can't be made a socket: {e.Message} Choose another runDirectory.", e);
        }
    }

    /// <summary><c>NAME.notify</c>, or a short hash where the address of a socket has no room for the name.</summary>
    internal static string PathOf(string runDirectory, string program)
    {
        var path = System.IO.Path.Combine(runDirectory, program + ".notify");
        if (Encoding.UTF8.GetByteCount(path) <= LongestPath)
        {
            return path;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(program)).AsSpan(0, 4));
        return System.IO.Path.Combine(runDirectory, hash + ".n");
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _closing.Dispose();
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one is opened in its place.
        }
    }

    private async Task ReceiveAsync(Func<Notification, ValueTask> receive)
    {
        // To wait with a look at one byte costs no buffer: messages are rare.
        var peek = new byte[1];
        while (true)
        {
            try
            {
                await _socket.ReceiveAsync(peek, SocketFlags.Peek, _closing.Token);
                if (ReceiveOne() is { } notification)
                {
                    await receive(notification);
                }
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.MessageSize or SocketError.WouldBlock)
            {
                // Longer than the look, or taken back.
            }
        }
    }

    /// <returns>None where it is too long to be true.</returns>
    private Notification? ReceiveOne()
    {
        // Linux tells the length of the first message, others that of all.
        var length = Math.Clamp(_socket.Available, 1, LongestMessage + 1);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var received = _socket.Receive(buffer.AsSpan(0, length), SocketFlags.None);
            return received <= LongestMessage ? Notification.Parse(buffer.AsSpan(0, received)) : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
