using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>
/// The streams of one connection. As many as fit are named in the URL, the rest are subscribed to in messages,
/// of which the exchange takes ten a second.
/// </summary>
internal sealed class StreamSubscription
{
    /// <summary>The most streams that the exchange takes on one connection.</summary>
    public const int MaxStreams = 1024;

    private const int StreamsPerRequest = 100;

    private static readonly TimeSpan BetweenMessages = TimeSpan.FromMilliseconds(150);

    private readonly string[] _streams;

    public StreamSubscription(IReadOnlyList<(int Index, Symbol Symbol)> symbols, Timeframe timeframe)
    {
        if (symbols.Count > MaxStreams)
        {
            throw new ArgumentException($"A connection takes {MaxStreams} streams, not {symbols.Count}.", nameof(symbols));
        }

        SymbolIndexes = [.. symbols.Select(s => s.Index)];
        _streams = [.. symbols.Select(s => $"{s.Symbol.LowerCase}@kline_{timeframe}")];
    }

    /// <summary>Which of the feed's contracts they are.</summary>
    public IReadOnlyList<int> SymbolIndexes { get; }

    public int Count => _streams.Length;

    /// <summary>The URL to connect to.</summary>
    public Uri UrlOn(Uri streamUrl) => new(
        streamUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/market/stream?streams="
        + string.Join('/', _streams.Take(StreamsPerRequest).Select(Escape)));

    // Symbols may have letters of any script. The @ is allowed in a query, and the exchange documents it as it is.
    private static string Escape(string stream) => Uri.EscapeDataString(stream).Replace("%40", "@", StringComparison.Ordinal);

    /// <summary>Subscribes to the streams that the URL had no room for.</summary>
    public async Task SubscribeRestAsync(WebSocket socket, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = 0;
        foreach (var chunk in _streams.Skip(StreamsPerRequest).Chunk(StreamsPerRequest))
        {
            var names = string.Join(',', chunk.Select(stream => $"\"{JsonEncodedText.Encode(stream)}\""));
            var message = string.Create(CultureInfo.InvariantCulture, $$"""{"method":"SUBSCRIBE","params":[{{names}}],"id":{{++id}}}""");
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            await Task.Delay(BetweenMessages, time, cancellationToken);
        }
    }
}
