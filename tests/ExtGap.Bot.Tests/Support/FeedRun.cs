using System.Threading.Channels;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A feed of minutes on an exchange on loopback, running on a time that a test moves.</summary>
internal sealed class FeedRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<CandleUpdate> _updates;

    public FeedRun(Uri streamUrl, Uri apiUrl, int? after = null, string symbols = "BTCUSDT", int capacity = 10_000, StartingPoint? since = null)
    {
        _updates = Channel.CreateBounded<CandleUpdate>(capacity);
        FeedStart[] starts = [.. symbols.Split(',').Select(name => new FeedStart(Symbol.Parse(name), after is { } last ? Minutes.At(last) : null, From: null, since))];
        Running = RunAsync(new(Minutes.Timeframe, streamUrl, apiUrl, Time, Log), starts);
    }

    public FakeTimeProvider Time { get; } = new();

    public TestLog Log { get; } = new();

    public Task Running { get; }

    public async Task<string> NextAsync()
    {
        var update = await _updates.Reader.ReadAsync(TestContext.Current.CancellationToken);
        return $"{(update.Closed is null ? "open" : "close")} {Minutes.NumberOf(update.OpenTime)}{(update.SymbolIndex > 0 ? $" of {update.SymbolIndex}" : string.Empty)}";
    }

    public async Task<string[]> NextAsync(int count)
    {
        var updates = new string[count];
        for (var i = 0; i < count; i++)
        {
            updates[i] = await NextAsync();
        }

        return updates;
    }

    public async Task AdvanceUntilAsync(Func<bool> condition)
    {
        while (!condition() && !Running.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Wait.BrieflyAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task RunAsync(BinanceFeed feed, FeedStart[] starts)
    {
        using (feed)
        {
            var opening = await feed.OpenAsync(starts, _stop.Token);
            await feed.RunAsync(opening, _updates.Writer.WriteAsync, _stop.Token);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Running.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
