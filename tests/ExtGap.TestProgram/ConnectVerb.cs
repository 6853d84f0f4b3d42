using System.Net.Sockets;

namespace ExtGap.TestProgram;

/// <summary><c>connect PATH</c>: connects to a Unix socket, says hello, and tells what it is answered: <c>closed</c>, <c>refused</c> or the number of bytes.</summary>
internal static class ConnectVerb
{
    public static int Run(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e)
        {
            Console.WriteLine($"refused: {e.SocketErrorCode}");
            return 0;
        }

        Console.WriteLine(Talk(socket));
        return 0;
    }

    private static string Talk(Socket socket)
    {
        try
        {
            var hello = """{"protocol":1,"version":"test"}"""u8;
            socket.Send([(byte)hello.Length, 0, 0, 0, .. hello]);
            var read = socket.Receive(new byte[1000]);
            return read == 0 ? "closed" : $"answered with {read} bytes";
        }
        catch (SocketException)
        {
            return "closed";
        }
    }
}
