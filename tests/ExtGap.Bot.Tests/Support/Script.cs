using ExtGap.Bot.Feed;
using ExtGap.Core.Market;
using ExtGap.KlineFiles;
using ExtGap.Tests;

namespace ExtGap.Bot.Tests.Support;

/// <summary>Updates of candles, each opened and closed, as a feed that misses nothing would give them.</summary>
internal static class Script
{
    /// <summary>The first candles of conformance klines.</summary>
    public static List<Candle> Candles(string name, int count = int.MaxValue)
    {
        using var reader = KlineFileReader.Open(Conformance.Klines(name));
        var candles = new List<Candle>();
        while (candles.Count < count && reader.TryRead(out var kline))
        {
            candles.Add(kline.Candle);
        }

        return candles;
    }

    /// <param name="candles">The candles.</param>
    /// <param name="wrongOpenEvery">Every so many candles the stream's first word on the open is wrong; 0 for never.</param>
    public static List<CandleUpdate> Updates(IEnumerable<Candle> candles, int wrongOpenEvery = 0)
    {
        var updates = new List<CandleUpdate>();
        foreach (var candle in candles)
        {
            var isWrong = wrongOpenEvery > 0 && updates.Count / 2 % wrongOpenEvery == 0;
            var open = isWrong ? Price.FromUnits(candle.Open.Units + 1_000_000) : candle.Open;
            updates.Add(new(0, candle.OpenTime, open, Closed: null, candle.OpenTime + TimeSpan.FromMilliseconds(70)));
            updates.Add(new(0, candle.OpenTime, candle.Open, candle, candle.End + TimeSpan.FromMilliseconds(40)));
        }

        return updates;
    }
}

/// <summary>A feed that gives a script from where the ledger stands, and ends after a number of updates or waits to be stopped.</summary>
internal sealed class ScriptedFeed(IReadOnlyList<CandleUpdate> script, int count = int.MaxValue, bool waits = false) : IKlineFeed
{
    public IReadOnlyList<FeedStart> Starts { get; private set; } = [];

    public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Instant? Now { get; private set; }

    public FeedStatus Status { get; init; } = new(FeedState.Live, TimeSpan.Zero, Reconnects: 0);

    public Task<FeedOpening> OpenAsync(IReadOnlyList<FeedStart> starts, CancellationToken cancellationToken)
    {
        Starts = starts;
        Now = starts[0].After is { } after ? after + TimeSpan.FromMinutes(1) : script.Count > 0 ? script[0].OpenTime : Minutes.At(0);
        return Task.FromResult(new FeedOpening(Now.Value, [.. starts.Select(Contract)]));
    }

    public async Task RunAsync(FeedOpening opening, Func<CandleUpdate, CancellationToken, ValueTask> deliver, CancellationToken cancellationToken)
    {
        foreach (var update in script.Where(update => Starts[update.SymbolIndex].After is not { } after || update.OpenTime > after).Take(count))
        {
            Now = update.Now;
            await deliver(update, cancellationToken);
        }

        Given.SetResult();
        if (waits)
        {
            await Wait.ForeverAsync(cancellationToken);
        }
    }

    private FeedContract Contract(FeedStart start) => new(
        new(start.Symbol, start.Symbol.ToString().Replace("USDT", string.Empty, StringComparison.Ordinal), "USDT", Price.Parse("0.1")),
        start.After ?? Now!.Value,
        IsContinued: start.After is not null);
}
