using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace ExtGap.Measure.Market;

/// <summary>
/// The least of an exchange and of Telegram that a bot needs, on loopback and in the process that measures, so that one clock times what goes
/// to the bot and what comes from it. REST has the time at which <see cref="Bars"/> begin, one contract, and no closed candle.
/// </summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<StreamConnection> _streams = Channel.CreateUnbounded<StreamConnection>();
    private readonly BlockingCollection<HttpRequest> _messages = [];
    private readonly List<Task> _serving = [];
    private readonly Task _accepting;

    public StandIn()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Host and port.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <summary>The next connection to the stream, its handshake done.</summary>
    public ValueTask<StreamConnection> StreamAsync(CancellationToken cancellationToken) => _streams.Reader.ReadAsync(cancellationToken);

    /// <summary>Waits for the next message to Telegram.</summary>
    public HttpRequest Message(CancellationToken cancellationToken) => _messages.Take(cancellationToken);

    /// <summary>Forgets the messages that have come.</summary>
    public void ForgetMessages()
    {
        while (_messages.TryTake(out _))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_serving);
        _messages.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                _serving.Add(Task.Factory.StartNew(() => ServeAsync(socket), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap());
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    // On a thread of its own, which waits for the socket itself: the way from there to a pool's thread would be measured too.
    private async Task ServeAsync(Socket socket)
    {
        await using var stop = _stop.Token.Register(socket.Dispose);
        using (socket)
        {
            try
            {
                while (HttpRequest.Read(socket) is { } request)
                {
                    if (request.Header("Sec-WebSocket-Key") is { Length: > 0 } key)
                    {
                        var stream = await StreamConnection.AcceptAsync(socket, key, request.Timestamp, _stop.Token);
                        await _streams.Writer.WriteAsync(stream, _stop.Token);
                        await stream.AnswerAsync(_stop.Token);
                        return;
                    }

                    Answer(socket, request);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // The bot or the measurement is over.
            }
        }
    }

    private void Answer(Socket socket, HttpRequest request)
    {
        if (request.Path.Contains("/sendMessage", StringComparison.OrdinalIgnoreCase))
        {
            _messages.Add(request, CancellationToken.None);
        }

        var body = BodyFor(request.Path.Split('?')[0]);
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        socket.Send(Encoding.ASCII.GetBytes(head + body));
    }

    private static string BodyFor(string path) => path switch
    {
        "/fapi/v1/time" => string.Create(CultureInfo.InvariantCulture, $$"""{"serverTime":{{Bar.Beginning + 100}}}"""),
        "/fapi/v1/exchangeInfo" => """{"symbols":[{"symbol":"BTCUSDT","baseAsset":"BTC","quoteAsset":"USDT","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.10"}]}]}""",
        "/fapi/v1/klines" => "[]",
        _ => """{"ok":true,"result":{"message_id":1,"date":1767225600,"chat":{"id":5,"type":"private"},"from":{"id":1,"is_bot":true,"first_name":"b","username":"b"},"id":1,"is_bot":true,"first_name":"b","username":"b","text":"t"}}""",
    };
}
