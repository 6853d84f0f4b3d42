using System.Threading.Channels;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Strategy;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Telegram.Texts;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot;

/// <summary>The bot in one sight: feed → engine → ledger → CSV files and messages, one direction, in one loop, until it is stopped.</summary>
internal sealed class BotPipeline
{
    private const int MaxInputsPerCommit = 512;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromSeconds(5);

    // From the stop on, not from the end of the feed: a bot must not outlive its supervisor by more than StopSignals.OrphanLimit.
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(2.5);

    private readonly BotOptions _options;
    private readonly IKlineFeed _feed;
    private readonly ITelegramSender? _sender;
    private readonly IBotMonitor _monitor;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Channel<BotInput> _inputs = Channel.CreateBounded<BotInput>(new BoundedChannelOptions(2 * MaxInputsPerCommit) { SingleReader = true });
    private readonly Func<Core.Market.Instant, BotHealth> _health;
    private readonly long _started;
    private long _stopped;

    /// <param name="options">How it runs.</param>
    /// <param name="feed">Where the candles come from.</param>
    /// <param name="sender">Where the messages go; none where notifications are off.</param>
    /// <param name="monitor">Is shown every second how the bot fares.</param>
    /// <param name="time">The clock of timeouts.</param>
    /// <param name="log">Where it is told.</param>
    public BotPipeline(BotOptions options, IKlineFeed feed, ITelegramSender? sender, IBotMonitor monitor, TimeProvider time, ILogger log)
    {
        _options = options;
        _feed = feed;
        _sender = sender;
        _monitor = monitor;
        _time = time;
        _log = log;
        _health = Health;
        _started = time.GetTimestamp();
    }

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="why">Tells why it was stopped, once it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Where it stands at the end, in words.</returns>
    /// <exception cref="BotException">It can't run.</exception>
    public async Task<string> RunAsync(Func<(StopReason Reason, string Detail)> why, CancellationToken cancellationToken)
    {
        await using var stopped = cancellationToken.Register(() => _stopped = _time.GetTimestamp());
        using var books = new Books();
        await OpenAsync(books, cancellationToken);
        using var finish = new CancellationTokenSource();
        using var abandon = new CancellationTokenSource();
        var delivery = books.Outboxes.Count > 0 ? Deliver(books) : null;
        var delivering = delivery?.RunAsync(finish.Token, abandon.Token) ?? Task.CompletedTask;
        try
        {
            await FollowAsync(books, delivery, delivering, cancellationToken);
            var (reason, detail) = why();
            books.Stop(reason, detail, Now, Uptime);
        }
        catch (BotException e)
        {
            books.Stop(StopReason.Failed, e.Message, Now, Uptime);
            throw;
        }
        finally
        {
            // What Telegram has not taken by then stays in the ledger for the next start.
            abandon.CancelAfter(why().Reason == StopReason.SupervisorGone ? PatienceOfAnOrphan() : DeliveryPatience);
            await finish.CancelAsync();
            await delivering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return string.Join("; ", books.Strategies.Select(strategy => strategy.State));
    }

    private TimeSpan Uptime => _time.GetElapsedTime(_started);

    private TimeSpan PatienceOfAnOrphan()
    {
        var left = OrphanPatience - _time.GetElapsedTime(_stopped);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    // The wall clock serves only a bot that stops before the exchange has told its time.
    private Core.Market.Instant Now => _feed.Now ?? Core.Market.Instant.From(_time.GetUtcNow());

    private async Task OpenAsync(Books books, CancellationToken cancellationToken)
    {
        DataDirectory.Create(_options.DataDirectory);
        foreach (var symbol in _options.Symbols)
        {
            var path = LedgerFile.PathOf(_options.DataDirectory, symbol, _options.Timeframe);
            books.Locks.Add(await LedgerLock.TakeAsync(path, _time, cancellationToken));
            if (_options.Fresh)
            {
                FreshStart.SetAside(symbol, _options, _time, _log);
            }

            books.Strategies.Add(SymbolStrategy.Open(symbol, _options, _time, _log));
            if (_options.Telegram is { } telegram && _sender is not null)
            {
                books.Outboxes.Add(Outbox.Open(path, telegram.Chats, books.OutboxConnections));
            }
        }
    }

    private TelegramDelivery Deliver(Books books)
    {
        var sources = books.Outboxes.Zip(books.Strategies, (outbox, strategy) => new MessageSource(outbox, () => strategy.Origin)).ToList();
        return new(_sender!, sources, _options.Telegram!.Chats, MessageTexts.For(_options.Language), _time, _log);
    }

    private async Task FollowAsync(Books books, TelegramDelivery? delivery, Task delivering, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var starts = books.Strategies.Select(strategy => new FeedStart(strategy.Symbol, strategy.Engine.LastCandle, strategy.Beginning, _options.Since)).ToList();
        var feeding = FeedAsync(starts, stop.Token);
        var ticking = TickAsync(stop.Token);
        try
        {
            while (await _inputs.Reader.WaitToReadAsync(CancellationToken.None))
            {
                Apply(books, delivery);
                if (delivering.IsFaulted)
                {
                    await delivering;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(feeding, ticking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Applies what is there, a bounded number of inputs, and commits it: one input when candles come live, many in a backlog.</summary>
    private void Apply(Books books, TelegramDelivery? delivery)
    {
        var strategies = books.Strategies;
        var ticked = false;
        for (var i = 0; i < MaxInputsPerCommit && _inputs.Reader.TryRead(out var input); i++)
        {
            switch (input)
            {
                case BotInput.FeedOpened { Opening: var opening }:
                    strategies.Zip(opening.Contracts).ToList().ForEach(pair => pair.First.Start(pair.Second, opening.Now));
                    break;
                case BotInput.Candle { Update: var update }:
                    strategies[update.SymbolIndex].Apply(update, _health);
                    break;
                case BotInput.Tick:
                    ticked = true;
                    if (_feed.Now is { } now)
                    {
                        strategies.ForEach(strategy => strategy.Tick(now, _health));
                    }

                    break;
                default:
                    throw new InvalidOperationException($"{nameof(BotInput)} has a case {input.GetType().Name} that the bot does not know.");
            }
        }

        var (committed, told) = books.Commit();
        if (told)
        {
            // A message need not wait for the files; they follow from the ledger whatever happens in between.
            delivery?.Wake();
        }

        if (committed)
        {
            strategies.ForEach(strategy => strategy.Publish());
        }

        if (ticked)
        {
            books.Locks.ForEach(held => held.Keep());
            strategies.ForEach(strategy => strategy.CheckPlace());

            // From inside the loop, so that a loop that hangs shows nothing.
            _monitor.Show(new(_feed.Status, _feed.Now, strategies, delivery?.Status));
        }
    }

    private BotHealth Health(Core.Market.Instant now)
    {
        var status = _feed.Status;
        return new(
            new()
            {
                ReconnectingSince = status.State == FeedState.Live ? null : now - (status.SinceLastFrame ?? Uptime),
                Reconnects = status.Reconnects,
            },
            Uptime);
    }

    /// <summary>Runs the feed and ends the inputs with it: with its error, or without one where it was stopped.</summary>
    private async Task FeedAsync(List<FeedStart> starts, CancellationToken stop)
    {
        try
        {
            var opening = await _feed.OpenAsync(starts, stop);
            await _inputs.Writer.WriteAsync(new BotInput.FeedOpened(opening), stop);
            await _feed.RunAsync(opening, (update, token) => _inputs.Writer.WriteAsync(new BotInput.Candle(update), token), stop);
            _inputs.Writer.Complete();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _inputs.Writer.Complete();
        }
        catch (Exception e)
        {
            _inputs.Writer.Complete(e);
        }
    }

    private async Task TickAsync(CancellationToken stop)
    {
        var tick = new BotInput.Tick();
        using var timer = new PeriodicTimer(TickInterval, _time);
        do
        {
            // A loop that is behind gets its next tick a second later.
            _inputs.Writer.TryWrite(tick);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>What is open while the bot runs, closed in the right order.</summary>
    private sealed class Books : IDisposable
    {
        public List<LedgerLock> Locks { get; } = [];

        public List<SymbolStrategy> Strategies { get; } = [];

        /// <summary>One for each strategy, or none where notifications are off.</summary>
        public List<Outbox> Outboxes { get; } = [];

        public OutboxConnections OutboxConnections { get; } = new();

        /// <summary>Commits what each strategy has done, and lets the outboxes know of the messages.</summary>
        /// <returns>Whether there was anything, and whether messages were among it.</returns>
        public (bool Committed, bool Told) Commit()
        {
            var (committed, told) = (false, false);
            for (var i = 0; i < Strategies.Count; i++)
            {
                var messages = Strategies[i].Commit();
                committed |= messages is not null;
                told |= Tell(i, messages);
            }

            return (committed, told);
        }

        public void Stop(StopReason reason, string? detail, Core.Market.Instant now, TimeSpan uptime)
        {
            for (var i = 0; i < Strategies.Count; i++)
            {
                Tell(i, Strategies[i].Stop(reason, detail, now, uptime));
            }
        }

        public void Dispose()
        {
            OutboxConnections.Dispose();
            Strategies.ForEach(strategy => strategy.Dispose());
            Locks.ForEach(held => held.Dispose());
        }

        private bool Tell(int index, NewMessages? messages)
        {
            if (index >= Outboxes.Count || messages is not { Count: > 0 } told)
            {
                return false;
            }

            Outboxes[index].Tell(told);
            return true;
        }
    }
}
