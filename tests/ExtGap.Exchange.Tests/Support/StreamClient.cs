using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ExtGap.Exchange.Tests.Support;

/// <summary>A client as any bot would be one: .NET's WebSocket over loopback.</summary>
internal sealed class StreamClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>Whether the last message was not text.</summary>
    public bool WasBinary { get; private set; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<StreamClient> ConnectAsync(ExchangeServer server, string path) => ConnectAsync($"ws://{server.Address.Authority}{path}");

    public static async Task<StreamClient> ConnectAsync(string address)
    {
        var client = new StreamClient();
        await client._socket.ConnectAsync(new Uri(address), Cancelled);
        return client;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Cancelled);

    /// <summary>The next message; none once the exchange has closed the connection.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        var length = 0;
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(_buffer.AsMemory(length), Cancelled);
            length += received.Count;
        }
        while (!received.EndOfMessage);
        WasBinary = received.MessageType is WebSocketMessageType.Binary;
        if (received.MessageType != WebSocketMessageType.Close)
        {
            return Encoding.UTF8.GetString(_buffer, 0, length);
        }

        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
        return null;
    }

    public async Task<JsonElement> ReceiveAsync() =>
        JsonElement.Parse(await ReceiveTextAsync() ?? throw new InvalidOperationException($"closed: {CloseStatus} {CloseReason}"));

    /// <summary>The answer to a request; frames before it are passed over.</summary>
    public async Task<string> AskAsync(string request)
    {
        await SendAsync(request);
        while (true)
        {
            var text = await ReceiveTextAsync() ?? throw new InvalidOperationException($"closed: {CloseStatus} {CloseReason}");
            if (!text.Contains("\"kline\"", StringComparison.Ordinal))
            {
                return text;
            }
        }
    }

    /// <summary>Every message until the exchange closes the connection.</summary>
    public async Task<List<JsonElement>> ReceiveAllAsync()
    {
        var all = new List<JsonElement>();
        while (await ReceiveTextAsync() is { } text)
        {
            all.Add(JsonElement.Parse(text));
        }

        return all;
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);

    public void Dispose() => _socket.Dispose();
}
