using ExtGap.Bot.Configuration;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>Asks the exchange whether the contracts exist and with which candle each starts, waiting for it as long as it takes.</summary>
internal sealed class FeedStartResolver
{
    private readonly BinanceRest _rest;
    private readonly Timeframe _timeframe;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public FeedStartResolver(BinanceRest rest, Timeframe timeframe, TimeProvider time, ILogger log)
    {
        _rest = rest;
        _timeframe = timeframe;
        _time = time;
        _log = log;
    }

    /// <returns>Open time of the first candle of each.</returns>
    /// <exception cref="BotException">The exchange has no such contract.</exception>
    public async Task<IReadOnlyList<Instant>> ResolveAsync(IReadOnlyList<FeedStart> starts, CancellationToken cancellationToken)
    {
        var symbols = await AskAsync(_rest.GetSymbolsAsync, cancellationToken);
        var unknown = starts.Select(start => start.Symbol.ToString()).Except(symbols, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new BotException(
                ExitCode.Configuration,
                $"--symbol: the exchange has no {string.Join(", ", unknown)} among its {symbols.Count} USDⓈ-M futures. A name such as BTCUSDT is needed; see {Settings.ApiUrl.Option} if this is not the exchange that you mean.");
        }

        var now = await AskAsync(_rest.GetTimeAsync, cancellationToken);
        var froms = new List<Instant>(starts.Count);
        foreach (var start in starts)
        {
            froms.Add(await FirstOpenTimeAsync(start, now, cancellationToken));
        }

        return froms;
    }

    private async Task<Instant> FirstOpenTimeAsync(FeedStart start, Instant now, CancellationToken cancellationToken)
    {
        if (start.After is { } after)
        {
            return _timeframe.Next(after);
        }

        var since = start.Since?.At(now);
        if (_timeframe.DividesDay)
        {
            return since is { } time ? _timeframe.Ceiling(time) : _timeframe.Floor(now);
        }

        // Candles of more than a day open when the exchange says.
        var candles = await AskAsync(token => _rest.GetKlinesAsync(start.Symbol, _timeframe, since, 1, token), cancellationToken);
        return candles.Count > 0 ? candles[^1].OpenTime : since ?? now;
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(Random.Shared.NextDouble);
        while (true)
        {
            try
            {
                return await ask(cancellationToken);
            }
            catch (ExchangeException e)
            {
                var wait = backoff.Next();
                wait = e.RetryAfter > wait ? e.RetryAfter.Value : wait;
                _log.Waiting(wait.TotalSeconds, e.Message);
                await Task.Delay(wait, _time, cancellationToken);
            }
        }
    }
}
