using System.Threading.Channels;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A connection to a server on loopback, running on a time that a test moves.</summary>
internal sealed class ConnectionRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<FeedInput> _inputs = Channel.CreateUnbounded<FeedInput>();

    public ConnectionRun(Uri streamUrl, params string[] symbols)
    {
        (int Index, Symbol Symbol)[] list = [.. (symbols.Length > 0 ? symbols : ["BTCUSDT"]).Select((name, i) => (i, Symbol.Parse(name)))];
        var parser = new KlineFrameParser(new(list.Select(s => s.Symbol)), Minutes.Timeframe);
        Running = new KlineConnection(streamUrl, new(list, Minutes.Timeframe), parser, new(Time), _inputs.Writer, Time, Log).RunAsync(_stop.Token);
    }

    public WatchedTime Time { get; } = new();

    public TestLog Log { get; } = new();

    public Task Running { get; }

    public async Task<string> NextAsync() => await _inputs.Reader.ReadAsync(TestContext.Current.CancellationToken) switch
    {
        FeedInput.Connected => "connected",
        FeedInput.Frame { Kline: var frame } => $"{(frame.IsClosed ? "close" : "open")} {Minutes.NumberOf(frame.Candle.OpenTime)}",
        var other => other.ToString(),
    };

    /// <summary>Moves the time second by second until that many lines of the log have a text.</summary>
    public async Task AdvanceUntilLoggedAsync(string text, int count = 1)
    {
        while (Log.Count(text) < count)
        {
            Time.Advance(TimeSpan.FromSeconds(1));

            // What really happens in between, as a handshake, has to be over before the limits on it are.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The waits that were logged before the next tries, in seconds.</summary>
    /// <param name="before">What precedes them in the lines that count.</param>
    public double[] Waits(string before = "Reconnecting in ") => [.. Log.Lines
        .Where(line => line.Contains(before, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split(' ')[0])
        .Select(seconds => double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))];

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Running.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
