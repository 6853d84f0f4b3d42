using System.Threading.Channels;
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

    public async Task RunAsync(IReadOnlyList<FeedStart> starts, ChannelWriter<CandleUpdate> updates, CancellationToken cancellationToken)
    {
        Starts = starts;
        foreach (var update in script.Where(update => starts[update.SymbolIndex].After is not { } after || update.OpenTime > after).Take(count))
        {
            await updates.WriteAsync(update, cancellationToken);
        }

        Given.SetResult();
        if (waits)
        {
            await Wait.ForeverAsync(cancellationToken);
        }
    }
}
