using System.Threading.Channels;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>Fetches missed candles by REST, oldest first, with as many requests as it takes, a few contracts at a time.</summary>
internal sealed class KlineFetcher : IDisposable
{
    private const int AtATime = 4;

    private readonly BinanceRest _rest;
    private readonly Timeframe _timeframe;
    private readonly ChannelWriter<FeedInput> _inputs;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _places = new(AtATime);
    private readonly HashSet<Task> _running = [];

    public KlineFetcher(BinanceRest rest, Timeframe timeframe, ChannelWriter<FeedInput> inputs, ILogger log)
    {
        _rest = rest;
        _timeframe = timeframe;
        _inputs = inputs;
        _log = log;
    }

    /// <summary>Ends when everything that was started has ended.</summary>
    public Task Completion => Task.WhenAll(_running);

    /// <summary>Starts to fetch a contract's closed candles from an open time on. The answers come as inputs.</summary>
    public void Start(SymbolFeed feed, Instant from, CancellationToken cancellationToken)
    {
        _running.RemoveWhere(task => task.IsCompleted);
        _running.Add(FetchAsync(feed.Index, feed.Symbol, from, cancellationToken));
    }

    public void Dispose() => _places.Dispose();

    private async Task FetchAsync(int index, Symbol symbol, Instant from, CancellationToken cancellationToken)
    {
        try
        {
            await _places.WaitAsync(cancellationToken);
            try
            {
                await FetchPagesAsync(index, symbol, from, cancellationToken);
            }
            catch (ExchangeException e)
            {
                _log.FetchFailed(symbol, e.Message);
                await _inputs.WriteAsync(new FeedInput.FetchFailed(index, e.RetryAfter), cancellationToken);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The feed has been stopped.
        }
        catch (Exception e)
        {
            // An error that nobody foresaw ends the feed: a contract without candles must not go unnoticed.
            _inputs.TryComplete(e);
        }
    }

    /// <summary>The rows to ask for: a request weighs more the more it asks for, so no more than there can be, in the steps in which it weighs.</summary>
    private int LimitFor(Instant from, Instant now) => ((now - from) / _timeframe.NominalLength) switch
    {
        < 99 => 100,
        < 499 => 500,
        < 999 => 1000,
        _ => BinanceRest.MaxKlines,
    };

    private async Task FetchPagesAsync(int index, Symbol symbol, Instant from, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The time is asked first: whatever had ended by then is whole in the answer.
            var now = await _rest.GetTimeAsync(cancellationToken);
            var limit = LimitFor(from, now);
            var candles = await _rest.GetKlinesAsync(symbol, _timeframe, from, limit, cancellationToken);
            var closed = candles.Where(candle => candle.CloseTime < now).ToList();
            var isLast = candles.Count < limit || closed.Count < candles.Count;
            _log.Fetched(symbol, closed.Count, from);
            await _inputs.WriteAsync(new FeedInput.Fetched(index, closed, isLast, now), cancellationToken);
            if (isLast)
            {
                return;
            }

            from = _timeframe.Next(closed[^1].OpenTime);
        }
    }
}
