using ExtGap.Bot.Configuration;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>Asks the exchange whether the contracts exist and with which candle each starts, waiting for it as long as it takes.</summary>
internal sealed class FeedStartResolver
{
    // Somewhat ahead a ledger may begin, but nobody means to wait for a year that was mistyped.
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(1);

    // A contract that a ledger has followed was there: so many answers may lack it before it counts as gone.
    private const int DoubtedAnswers = 5;

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

    /// <exception cref="BotException">The exchange has no such contract.</exception>
    public async Task<FeedOpening> ResolveAsync(IReadOnlyList<FeedStart> starts, CancellationToken cancellationToken)
    {
        var answers = 0;
        var specifications = await AskAsync(
            async token => Specify(starts, await _rest.GetSymbolsAsync(token), isDoubted: ++answers <= DoubtedAnswers), cancellationToken);
        var now = await AskAsync(_rest.GetTimeAsync, cancellationToken);
        var contracts = new List<FeedContract>(starts.Count);
        foreach (var (start, specification) in starts.Zip(specifications))
        {
            contracts.Add(new(specification, await FirstOpenTimeAsync(start, now, cancellationToken), IsContinued: start.After is not null));
        }

        return new(now, contracts);
    }

    private static List<ContractSpecification> Specify(IReadOnlyList<FeedStart> starts, IReadOnlyList<ExchangeInfoSymbol> symbols, bool isDoubted)
    {
        var known = new Dictionary<string, ExchangeInfoSymbol>(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            known[symbol.Symbol] = symbol;
        }

        var unknown = starts.Where(start => !known.ContainsKey(start.Symbol.ToString())).ToList();
        if (unknown.Count == 0)
        {
            return [.. starts.Select(start => Specify(start.Symbol, known[start.Symbol.ToString()]))];
        }

        var lack = $"the exchange has no {string.Join(", ", unknown.Select(start => start.Symbol))} among its {symbols.Count} USDⓈ-M futures.";
        throw isDoubted && unknown.Exists(start => (start.After ?? start.From) is not null)
            ? new ExchangeException($"{lack} A ledger shows that it had.")
            : new BotException(
                ExitCode.Configuration,
                $"--symbol: {lack} A name such as BTCUSDT is needed; see {Settings.ApiUrl.Option} if this is not the exchange that you mean.");
    }

    /// <summary>What the bot needs to know of a contract; what the exchange leaves out is guessed.</summary>
    internal static ContractSpecification Specify(Symbol symbol, ExchangeInfoSymbol info)
    {
        var tick = info.Filters?.FirstOrDefault(filter => filter?.FilterType == "PRICE_FILTER")?.TickSize;
        return new(
            symbol,
            AssetOf(info.BaseAsset) ?? symbol.ToString(),
            AssetOf(info.QuoteAsset) ?? "USD",
            tick is not null && Price.TryParse(System.Text.Encoding.UTF8.GetBytes(tick), out var size) ? size : Price.FromUnits(1));
    }

    // Assets have names of the same kind as contracts. They are part of messages, so nothing else may pass for one.
    private static string? AssetOf(string? name) => Symbol.TryParse(name, out _) ? name : null;

    private async Task<Instant> FirstOpenTimeAsync(FeedStart start, Instant now, CancellationToken cancellationToken)
    {
        if (start.After is { } after)
        {
            return _timeframe.Next(after);
        }

        if (start.From is { } settled)
        {
            return settled;
        }

        var since = start.Since?.At(now);
        if (since - now > FarthestAhead)
        {
            throw new BotException(ExitCode.Configuration, $"--since: {since} has yet to come, the exchange's clock shows {now}. Name an earlier time, or leave it out to start now.");
        }

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
                var wait = backoff.Next(e.RetryAfter);
                _log.Waiting(wait.TotalSeconds, e.Message);
                await Task.Delay(wait, _time, cancellationToken);
            }
        }
    }
}
