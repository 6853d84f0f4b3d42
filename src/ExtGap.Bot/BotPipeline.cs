using System.Threading.Channels;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Ledger;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot;

/// <summary>The bot in one sight: feed → engine → ledger → CSV files, one direction, until it is stopped.</summary>
internal sealed class BotPipeline
{
    private const int MaxUpdatesPerCommit = 512;

    private readonly BotOptions _options;
    private readonly IKlineFeed _feed;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public BotPipeline(BotOptions options, IKlineFeed feed, TimeProvider time, ILogger log)
    {
        _options = options;
        _feed = feed;
        _time = time;
        _log = log;
    }

    /// <summary>Runs until it is stopped.</summary>
    /// <returns>Where it stands at the end, in words.</returns>
    /// <exception cref="BotException">It can't run.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var locks = new List<LedgerLock>();
        var strategies = new List<SymbolStrategy>();
        try
        {
            await OpenAsync(locks, strategies, cancellationToken);
            await FollowAsync(strategies, cancellationToken);
            return string.Join("; ", strategies.Select(strategy => strategy.State));
        }
        finally
        {
            strategies.ForEach(strategy => strategy.Dispose());
            locks.ForEach(held => held.Dispose());
        }
    }

    private async Task OpenAsync(List<LedgerLock> locks, List<SymbolStrategy> strategies, CancellationToken cancellationToken)
    {
        DataDirectory.Create(_options.DataDirectory);
        foreach (var symbol in _options.Symbols)
        {
            locks.Add(await LedgerLock.TakeAsync(LedgerFile.PathOf(_options.DataDirectory, symbol, _options.Timeframe), _time, cancellationToken));
            if (_options.Fresh)
            {
                FreshStart.SetAside(symbol, _options, _time, _log);
            }

            strategies.Add(SymbolStrategy.Open(symbol, _options, _time, _log));
        }
    }

    private async Task FollowAsync(List<SymbolStrategy> strategies, CancellationToken cancellationToken)
    {
        var updates = Channel.CreateBounded<CandleUpdate>(new BoundedChannelOptions(2 * MaxUpdatesPerCommit) { SingleReader = true, SingleWriter = true });
        var starts = _options.Symbols.Select((symbol, i) => new FeedStart(symbol, strategies[i].LastCandle, _options.Since)).ToList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var feeding = FeedAsync(starts, updates.Writer, stop.Token);
        try
        {
            while (await updates.Reader.WaitToReadAsync(CancellationToken.None))
            {
                Apply(strategies, updates.Reader);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Applies what is there, a bounded number of updates, and commits it: one update when candles come live, many in a backlog.</summary>
    private static void Apply(List<SymbolStrategy> strategies, ChannelReader<CandleUpdate> updates)
    {
        for (var i = 0; i < MaxUpdatesPerCommit && updates.TryRead(out var update); i++)
        {
            strategies[update.SymbolIndex].Apply(update);
        }

        strategies.ForEach(strategy => strategy.Commit());
    }

    /// <summary>Runs the feed and ends its channel with it: with its error, or without one where it was stopped.</summary>
    private async Task FeedAsync(List<FeedStart> starts, ChannelWriter<CandleUpdate> updates, CancellationToken stop)
    {
        try
        {
            await _feed.RunAsync(starts, updates, stop);
            updates.Complete();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            updates.Complete();
        }
        catch (Exception e)
        {
            updates.Complete(e);
        }
    }
}
