using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>The exchange's REST API, as far as klines need it. Source: Binance USDⓈ-M futures, "Market Data Endpoints".</summary>
internal sealed class BinanceRest : IDisposable
{
    /// <summary>The most klines that one answer has.</summary>
    public const int MaxKlines = 1500;

    /// <summary>The most bytes that an answer may have, unpacked.</summary>
    public const int MaxAnswerBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    // How far an answer may be ahead of what is expected before the exchange is asked for its time a second time.
    private static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly ExchangeClock _clock;
    private readonly RequestBudget _budget;
    private readonly TimeProvider _time;

    /// <param name="apiUrl">Where it is.</param>
    /// <param name="clock">Is told the exchange's time.</param>
    /// <param name="time">Measures waits.</param>
    /// <param name="timeout">How long an answer may take to be there as a whole; none for the usual 20 s.</param>
    /// <param name="network">What carries the requests; the network itself where nothing is given.</param>
    public BinanceRest(Uri apiUrl, ExchangeClock clock, TimeProvider time, TimeSpan? timeout = null, HttpMessageHandler? network = null)
    {
        _time = time;
        _budget = new(time);
        network ??= new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        _http = new HttpClient(network) { BaseAddress = apiUrl, Timeout = timeout ?? Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };
        _clock = clock;
    }

    /// <summary>The exchange's time (weight 1). One that is far ahead of what is expected, or the first, is asked for twice, and the earlier answer counts.</summary>
    /// <exception cref="ExchangeException">The exchange can't be reached, or refuses.</exception>
    public async Task<Instant> GetTimeAsync(CancellationToken cancellationToken)
    {
        // Time that passed while the machine slept, or in a market played fast, is ahead of the local clock just as a wrong answer is.
        // But it comes twice, and a wrong answer, which would close an open candle and stay with the clock for good, rarely does.
        var time = await AskTimeAsync(cancellationToken);
        if (!(time - _clock.Now <= Doubtful))
        {
            var again = await AskTimeAsync(cancellationToken);
            time = again < time ? again : time;
        }

        _clock.Observe(time);
        return time;
    }

    /// <summary>The contracts that the exchange has (weight 1).</summary>
    /// <exception cref="ExchangeException">The exchange can't be reached, refuses, or names none.</exception>
    public async Task<IReadOnlyList<ExchangeInfoSymbol>> GetSymbolsAsync(CancellationToken cancellationToken)
    {
        var body = await GetAsync("/fapi/v1/exchangeInfo", cancellationToken);
        List<ExchangeInfoSymbol> symbols = [.. Read(body, FeedJson.Default.ExchangeInfoAnswer).Symbols.OfType<ExchangeInfoSymbol>()];
        return symbols.Count > 0 ? symbols : throw new ExchangeException("The exchange names no contracts at all.");
    }

    /// <summary>Klines, oldest first; the last may still be open (weight 1 to 10, by <paramref name="limit"/>).</summary>
    /// <param name="symbol">The contract.</param>
    /// <param name="timeframe">One of the exchange's own intervals.</param>
    /// <param name="from">The first open time; none for the newest klines.</param>
    /// <param name="limit">How many at most, up to <see cref="MaxKlines"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ExchangeException">The exchange can't be reached, refuses, or answers with something else.</exception>
    public async Task<IReadOnlyList<Candle>> GetKlinesAsync(
        Symbol symbol, Timeframe timeframe, Instant? from, int limit, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/fapi/v1/klines?symbol={Uri.EscapeDataString(symbol.ToString())}&interval={timeframe}&limit={limit}");
        var body = await GetAsync(from is { } start ? path + string.Create(CultureInfo.InvariantCulture, $"&startTime={start.UnixMilliseconds}") : path, cancellationToken);
        try
        {
            var candles = RestKlines.Parse(body, timeframe);
            return candles is not [var first, ..] || !(first.OpenTime < from)
                ? candles
                : throw new FormatException($"they begin at {first.OpenTime}, before what was asked for");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new ExchangeException($"The exchange's klines can't be read: {e.Message}", cause: e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Instant> AskTimeAsync(CancellationToken cancellationToken)
    {
        var body = await GetAsync("/fapi/v1/time", cancellationToken);
        var time = Read(body, FeedJson.Default.ServerTimeAnswer).ServerTime;
        return time is >= 0 && time <= Instant.Max.UnixMilliseconds ? new(time) : throw new ExchangeException($"The exchange's time is {time}, which is none.");
    }

    private async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken)
    {
        _budget.ThrowIfRefused();
        try
        {
            await _budget.WaitAsync(cancellationToken);
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            _budget.Observe(answer.Headers);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return answer.IsSuccessStatusCode ? body : throw _budget.Refuse(ExchangeException.FromAnswer(answer.StatusCode, RetryAfterOf(answer.Headers.RetryAfter), body));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExchangeException($"The exchange has not answered within {_http.Timeout.TotalSeconds:0} s.", cause: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ExchangeException($"The exchange can't be reached: {e.Message}", cause: e);
        }
        catch (Exception e) when (e is InvalidDataException or (InvalidOperationException and not ObjectDisposedException))
        {
            // Gzip and deflate say it in the first way, brotli in the second.
            throw new ExchangeException($"The exchange's answer can't be unpacked: {e.Message}", cause: e);
        }
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } when date - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero => wait,
        _ => null,
    };

    private static T Read<T>(byte[] body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new ExchangeException($"The exchange's answer can't be read: {e.Message}", cause: e);
        }
    }
}
