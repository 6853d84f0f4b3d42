using System.Threading.Channels;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>
/// Klines of Binance USDⓈ-M futures. One loop owns all state: connections, REST answers and the passing of time put inputs into one
/// channel, and what the loop lets through goes to the reader of the feed.
/// </summary>
internal sealed class BinanceFeed : IKlineFeed, IDisposable
{
    private const int InputCapacity = 4096;

    private readonly Timeframe _timeframe;
    private readonly Uri _streamUrl;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ExchangeClock _clock;
    private readonly BinanceRest _rest;
    private IReadOnlyList<KlineConnection> _connections = [];

    public BinanceFeed(Timeframe timeframe, Uri streamUrl, Uri apiUrl, TimeProvider time, ILogger log)
    {
        _timeframe = timeframe;
        _streamUrl = streamUrl;
        _time = time;
        _log = log;
        _clock = new(time);
        _rest = new(apiUrl, _clock, time);
    }

    public Instant? Now => _clock.Now;

    public FeedStatus Status => FeedStatuses.Of(_connections);

    public Task<FeedOpening> OpenAsync(IReadOnlyList<FeedStart> starts, CancellationToken cancellationToken) =>
        new FeedStartResolver(_rest, _timeframe, _time, _log).ResolveAsync(starts, cancellationToken);

    public async Task RunAsync(FeedOpening opening, Func<CandleUpdate, CancellationToken, ValueTask> deliver, CancellationToken cancellationToken)
    {
        var inputs = Channel.CreateBounded<FeedInput>(new BoundedChannelOptions(InputCapacity) { SingleReader = true });
        var output = new List<CandleUpdate>();
        var feeds = opening.Contracts.Select((contract, i) => new SymbolFeed(i, contract, _timeframe, output, _log)).ToList();
        using var fetcher = new KlineFetcher(_rest, _timeframe.Source, inputs.Writer, _log);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _connections = [.. Connect(feeds, inputs.Writer)];
        var background = _connections.Select(connection => connection.RunAsync(stop.Token)).Append(TickAsync(inputs.Writer, stop.Token)).Select(task => GuardAsync(task, inputs.Writer)).ToList();
        try
        {
            await LoopAsync(feeds, inputs.Reader, output, deliver, fetcher, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([.. background, fetcher.Completion]);
        }
    }

    public void Dispose() => _rest.Dispose();

    private async Task LoopAsync(
        List<SymbolFeed> feeds,
        ChannelReader<FeedInput> inputs,
        List<CandleUpdate> output,
        Func<CandleUpdate, CancellationToken, ValueTask> deliver,
        KlineFetcher fetcher,
        CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await foreach (var input in inputs.ReadAllAsync(cancellationToken))
        {
            var local = _time.GetElapsedTime(started);
            foreach (var feed in Apply(input, feeds, local))
            {
                if (feed.Join.TryStartFetch(local, out var from))
                {
                    fetcher.Start(feed, from, cancellationToken);
                }
            }

            foreach (var update in output)
            {
                await deliver(update, cancellationToken);
            }

            output.Clear();
        }
    }

    /// <summary>Gives an input to the contracts that it is for.</summary>
    /// <returns>Those contracts.</returns>
    private IEnumerable<SymbolFeed> Apply(FeedInput input, List<SymbolFeed> feeds, TimeSpan local)
    {
        switch (input)
        {
            case FeedInput.Connected connected:
                foreach (var index in connected.SymbolIndexes)
                {
                    feeds[index].Join.Connected();
                }

                return connected.SymbolIndexes.Select(index => feeds[index]);
            case FeedInput.Frame { Kline: var frame }:
                var join = feeds[frame.SymbolIndex].Join;
                if (frame.IsClosed)
                {
                    join.Closed(frame.Candle, frame.EventTime);
                }
                else
                {
                    join.Opened(frame.Candle.OpenTime, frame.Candle.Open, frame.EventTime);
                }

                return [feeds[frame.SymbolIndex]];
            case FeedInput.Fetched fetched:
                feeds[fetched.SymbolIndex].Join.Fetched(fetched.Candles, fetched.IsLast, fetched.Now, local);
                return [feeds[fetched.SymbolIndex]];
            case FeedInput.FetchFailed failed:
                feeds[failed.SymbolIndex].Join.FetchFailed(failed.RetryAfter, local);
                return [feeds[failed.SymbolIndex]];
            case FeedInput.Tick:
                if (_clock.Now is { } now)
                {
                    feeds.ForEach(feed => feed.Join.Tick(now, local));
                }

                return feeds;
            default:
                throw new InvalidOperationException($"{nameof(FeedInput)} has a case {input.GetType().Name} that the feed does not know.");
        }
    }

    private IEnumerable<KlineConnection> Connect(List<SymbolFeed> feeds, ChannelWriter<FeedInput> inputs)
    {
        var source = _timeframe.Source;
        var symbols = new SymbolTable(feeds.Select(feed => feed.Symbol));
        return feeds
            .Select(feed => (feed.Index, feed.Symbol))
            .Chunk(StreamSubscription.MaxStreams)
            .Select(chunk => new KlineConnection(_streamUrl, new(chunk, source), new(symbols, source), _clock, inputs, _time, _log));
    }

    // An error that nobody foresaw ends the feed: a connection that is gone must not go unnoticed.
    private static async Task GuardAsync(Task task, ChannelWriter<FeedInput> inputs)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            inputs.TryComplete(e);
        }
    }

    private async Task TickAsync(ChannelWriter<FeedInput> inputs, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        var tick = new FeedInput.Tick();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                // A loop that is behind gets its next tick a second later.
                inputs.TryWrite(tick);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The feed has been stopped.
        }
    }
}
