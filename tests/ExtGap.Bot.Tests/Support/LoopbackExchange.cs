using System.Globalization;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>An exchange of minutes on loopback whose time a test moves: REST rows up to now, and a stream that a test feeds.</summary>
internal sealed partial class LoopbackExchange : IAsyncDisposable
{
    private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();

    public LoopbackExchange(CancellationToken stop, int port = 0)
    {
        Server = new(stop, port) { OnRequest = AnswerAsync, OnStream = StreamAsync };
    }

    public LoopbackServer Server { get; }

    public string[] Symbols { get; set; } = ["ETHUSDT", "BTCUSDT"];

    /// <summary>The time, in minutes since the beginning.</summary>
    public double Now { get; set; }

    /// <summary>Minutes that it never had.</summary>
    public HashSet<int> Holes { get; } = [];

    /// <summary>What it answers instead, if anything.</summary>
    public Func<string, Task<(int Status, string Headers, string Body)?>> Instead { get; set; } = _ => Task.FromResult<(int, string, string)?>(null);

    public int Count(string path) => Server.Requests.Count(request => request.Contains(path, StringComparison.Ordinal));

    public void Send(string frame) => _frames.Writer.TryWrite(frame);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task StreamAsync(WebSocket socket, System.Net.Sockets.NetworkStream stream, CancellationToken stop)
    {
        var reading = LoopbackServer.ReadOnAsync(socket, stop);
        while (await Task.WhenAny(reading, _frames.Reader.WaitToReadAsync(stop).AsTask()) != reading)
        {
            while (_frames.Reader.TryRead(out var frame))
            {
                await LoopbackServer.SendAsync(socket, frame, stop);
            }
        }

        await reading;
    }

    private async Task<(int Status, string Headers, string Body)> AnswerAsync(string path)
    {
        if (await Instead(path) is { } other)
        {
            return other;
        }

        return (200, "Content-Type: application/json\r\n", path switch
        {
            "/fapi/v1/time" => string.Create(CultureInfo.InvariantCulture, $$"""{"serverTime":{{Minutes.At(Now).UnixMilliseconds}}}"""),
            "/fapi/v1/exchangeInfo" => $$"""{"timezone":"UTC","symbols":[{{string.Join(',', Symbols.Select(s => $$"""{"symbol":"{{s}}","status":"TRADING"}"""))}}]}""",
            _ => Rows(path),
        });
    }

    private string Rows(string path)
    {
        var query = KlineQuery().Match(path);
        var from = Math.Max(0, Minutes.NumberOf(new Instant(long.Parse(query.Groups["from"].Value, CultureInfo.InvariantCulture))));
        var limit = int.Parse(query.Groups["limit"].Value, CultureInfo.InvariantCulture);
        var minutes = Enumerable.Range(from, Math.Max(0, (int)Now - from + 1)).Where(minute => !Holes.Contains(minute)).Take(limit);
        return $"[{string.Join(',', minutes.Select(Frames.Row))}]";
    }

    [GeneratedRegex(@"^/fapi/v1/klines\?symbol=\w+&interval=1m&limit=(?<limit>\d+)&startTime=(?<from>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KlineQuery();
}
