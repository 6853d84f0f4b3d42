using System.Net.WebSockets;
using ExtGap.Exchange.Playing;

namespace ExtGap.Exchange.Streams;

/// <summary>One WebSocket connection: passes on what it says, and sends what waits for it in as few writes as it can.</summary>
internal sealed class StreamConnection : IDisposable
{
    private const int MostMessageBytes = 256 * 1024;

    // How long what waits for a client that leaves may take to be given up.
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(1);

    // How long a client may take to read the rest of its frames and to answer the close frame behind them.
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(30);

    private readonly SharedStream _stream;
    private readonly WebSocket _socket;
    private readonly OutgoingQueue _outgoing = new();
    // Left to the garbage collector: those who end a connection may come just after it has ended by itself.
    private readonly CancellationTokenSource _over = new();
    private readonly Player _player;
    private readonly TimeProvider _time;
    private readonly Subscriber _subscriber;
    private readonly IReadOnlyList<string> _streams;
    private string _closeReason = string.Empty;
    private WebSocketCloseStatus _closeStatus = WebSocketCloseStatus.NormalClosure;

    /// <summary>A connection whose handshake is done.</summary>
    public StreamConnection(Stream stream, StreamPath path, Player player, TimeProvider time, WebSocketCreationOptions options)
    {
        _stream = new(stream);
        _socket = WebSocket.CreateFromStream(_stream, options);
        _player = player;
        _time = time;
        _streams = path.Streams;
        _subscriber = new(_outgoing, path.IsCombined, path.DeliversKlines, Disconnect);
    }

    /// <summary>Whether it takes no more frames.</summary>
    public bool IsClosing => _outgoing.IsCompleted;

    /// <summary>Whether the client has sent a close frame.</summary>
    public bool HasSaidGoodbye { get; private set; }

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        await _player.PostAsync(new PlayerInput.Joined(_subscriber, _streams), CancellationToken.None);
        var sending = SendAllAsync();
        try
        {
            await ReceiveAllAsync();
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone without a word, or it didn't answer in time. There is nobody to tell.
            _socket.Abort();
        }
        finally
        {
            await _player.PostAsync(new PlayerInput.Left(_subscriber), CancellationToken.None);
            _outgoing.Complete();
            _over.CancelAfter(LeavePatience);
            await sending;
        }
    }

    /// <summary>Ends the connection once everything that waits was sent.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        if (!_outgoing.IsCompleted)
        {
            (_closeStatus, _closeReason) = (status, reason);
            _outgoing.Complete();
        }
    }

    /// <summary>Ends the connection whether or not everything was sent.</summary>
    public void Abort() => _over.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _stream.Dispose();
        _outgoing.Dispose();
    }

    /// <summary>Ends a connection that broke a rule: what waits is sent only as long as that takes no time.</summary>
    private void Disconnect(string reason)
    {
        Close(WebSocketCloseStatus.PolicyViolation, reason);
        _over.CancelAfter(ReadPatience);
    }

    private async Task ReceiveAllAsync()
    {
        var budget = new MessageBudget(_time);
        var buffer = new byte[4 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                received = await _socket.ReceiveAsync(buffer.AsMemory(length), _over.Token);
                length += received.Count;
            }
            while (!received.EndOfMessage && length < MostMessageBytes);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                HasSaidGoodbye = true;
                return;
            }

            if (!received.EndOfMessage)
            {
                Close(WebSocketCloseStatus.MessageTooBig, "Too long");
            }
            else if (!budget.TrySpend())
            {
                Disconnect("Too many requests");
            }
            else
            {
                await _player.PostAsync(new PlayerInput.Said(_subscriber, StreamRequestReader.Read(buffer.AsSpan(0, length))), _over.Token);
            }
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (await _outgoing.TakeAsync(_over.Token) is { IsEmpty: false } frames)
            {
                await _stream.WriteAsync(frames, _over.Token);
            }

            // The client answers a close frame with its own, which ends the receiving.
            await _socket.CloseOutputAsync(_closeStatus, _closeReason, _over.Token);
            _over.CancelAfter(ReadPatience);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            _outgoing.Complete();
            await _over.CancelAsync();
        }
    }
}
