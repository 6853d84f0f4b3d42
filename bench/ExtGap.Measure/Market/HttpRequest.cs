using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ExtGap.Measure.Market;

/// <summary>A request as far as the stand-in needs it.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Head">Request line and headers.</param>
/// <param name="Body">What came behind them.</param>
/// <param name="Timestamp">When its first bytes had come, on <see cref="Stopwatch"/>'s clock.</param>
internal sealed record HttpRequest(string Path, string Head, string Body, long Timestamp)
{
    /// <summary>Waits for the next request of a connection, and reads it.</summary>
    /// <returns>None where the client has closed.</returns>
    public static HttpRequest? Read(Socket socket)
    {
        var buffer = new byte[1 << 16];
        var (length, timestamp) = (0, 0L);
        while (length < buffer.Length)
        {
            var count = socket.Receive(buffer.AsSpan(length));
            if (count == 0)
            {
                return null;
            }

            timestamp = timestamp == 0 ? Stopwatch.GetTimestamp() : timestamp;
            length += count;
            if (TryParse(Encoding.UTF8.GetString(buffer, 0, length), length, timestamp) is { } request)
            {
                return request;
            }
        }

        throw new IOException("A request is too long.");
    }

    /// <summary>A header's value; empty where there is none.</summary>
    public string Header(string name) => HeaderOf(Head, name);

    // Bytes and characters are counted as one: heads are ASCII, and a length in bytes is no less than one in characters.
    private static HttpRequest? TryParse(string text, int byteCount, long timestamp)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var (head, body) = (text[..end], text[(end + 4)..]);
        var isChunked = HeaderOf(head, "Transfer-Encoding") == "chunked";
        _ = int.TryParse(HeaderOf(head, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var expected);
        var isWhole = isChunked ? body.EndsWith("0\r\n\r\n", StringComparison.Ordinal) : byteCount - end - 4 >= expected;
        return isWhole ? new(head.Split(' ', 3)[1], head, body, timestamp) : null;
    }

    private static string HeaderOf(string head, string name) => head.Split("\r\n")
        .Select(line => line.Split(':', 2))
        .FirstOrDefault(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim() ?? string.Empty;
}
