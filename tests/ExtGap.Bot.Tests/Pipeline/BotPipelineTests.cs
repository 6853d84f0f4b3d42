using ExtGap.Bot.Hosting;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Pipeline;

public sealed class BotPipelineTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestLog _log = new();

    [Fact(Timeout = 30_000)]
    public async Task A_stop_ends_the_bot_with_everything_that_came_committed_and_says_where_it_stands()
    {
        var script = Script.Updates(Script.Candles("walk-1m", 50));
        var feed = new ScriptedFeed(script, waits: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Pipeline(feed).RunAsync(Bots.Why, stop.Token);
        await feed.Given.Task.WaitAsync(stop.Token);
        await stop.CancelAsync();
        var state = await running;

        Assert.StartsWith("TESTUSDT 1m ", state, StringComparison.Ordinal);
        Assert.Contains(" gaps, ", state, StringComparison.Ordinal);
        var next = new ScriptedFeed(script);
        await Pipeline(next).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
        Assert.Equal(script[^1].OpenTime, next.Starts[0].After);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_feed_that_can_never_work_ends_the_bot_with_its_error()
    {
        var error = await Assert.ThrowsAsync<BotException>(() => Pipeline(new BrokenFeed(new BotException(ExitCode.Configuration, "no such symbol"))).RunAsync(Bots.Why, TestContext.Current.CancellationToken));
        Assert.Equal((ExitCode.Configuration, "no such symbol"), (error.ExitCode, error.Message));
        Assert.Contains("x", (await Assert.ThrowsAsync<InvalidOperationException>(() => Pipeline(new BrokenFeed(new InvalidOperationException("x"))).RunAsync(Bots.Why, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);

        // Nothing is held after it.
        await Pipeline(new ScriptedFeed([])).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_second_bot_waits_ten_seconds_for_the_ledger_and_then_names_the_first_ones_process()
    {
        var time = new FakeTimeProvider();
        var feed = new ScriptedFeed([], waits: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = Pipeline(feed).RunAsync(Bots.Why, stop.Token);
        await feed.Given.Task.WaitAsync(stop.Token);

        var second = Bots.Of(Options.For(_folder), new ScriptedFeed([]), time, _log).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(9.9));
        await Task.Yield();
        Assert.False(second.IsCompleted);
        var error = await Assert.ThrowsAsync<BotException>(() => AdvanceUntilAsync(time, second));

        Assert.Equal(ExitCode.LedgerInUse, error.ExitCode);
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains("testusdt_1m.db", error.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await first;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_second_bot_goes_on_when_the_first_one_ends_in_time()
    {
        var time = new FakeTimeProvider();
        var held = await LedgerLock.TakeAsync(_folder["x.db"], time, TestContext.Current.CancellationToken);
        var waiting = LedgerLock.TakeAsync(_folder["x.db"], time, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(waiting.IsCompleted);
        held.Dispose();

        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        (await waiting).Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lock_file_that_a_dead_process_left_is_no_obstacle()
    {
        _folder.Write("testusdt_1m.lock", "99999999  \nleft behind");
        await Pipeline(new ScriptedFeed(Script.Updates(Script.Candles("walk-1m", 3)))).RunAsync(Bots.Why, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(_folder["testusdt_1m.db"]));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("deleted", "")]
    [InlineData("deleted", "-wal -shm")]
    [InlineData("replaced", "-wal -shm")]
    public async Task A_ledger_that_is_deleted_or_replaced_under_a_running_bot_ends_it(string how, string others)
    {
        var time = new FakeTimeProvider();
        var feed = new ScriptedFeed(Script.Updates(Script.Candles("walk-1m", 5)), waits: true);
        var running = Bots.Of(Options.For(_folder), feed, time, _log).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
        await feed.Given.Task.WaitAsync(TestContext.Current.CancellationToken);
        var ledger = _folder["testusdt_1m.db"];
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(running.IsCompleted);
        File.Delete(ledger);
        others.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList().ForEach(part => File.Delete(ledger + part));
        var isReplaced = how == "replaced";
        if (isReplaced)
        {
            await File.WriteAllTextAsync(ledger, "another file", TestContext.Current.CancellationToken);
        }

        var error = await Assert.ThrowsAsync<BotException>(() => AdvanceUntilAsync(time, running));
        Assert.Equal(ExitCode.Failure, error.ExitCode);
        Assert.StartsWith($"The ledger {ledger} was deleted or replaced while the bot ran", error.Message, StringComparison.Ordinal);
        Assert.Equal(isReplaced, File.Exists(ledger)); // Nothing has made it anew in the meantime.

        // What the next start does is as the error says.
        var next = Pipeline(new ScriptedFeed([])).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
        if (others.Length > 0 && !isReplaced)
        {
            await next;
            Assert.True(File.Exists(ledger));
        }
        else
        {
            Assert.Equal(ExitCode.Configuration, (await Assert.ThrowsAsync<BotException>(() => next)).ExitCode);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Waiting_for_a_ledger_can_be_stopped()
    {
        var time = new FakeTimeProvider();
        using var held = await LedgerLock.TakeAsync(_folder["testusdt_1m.db"], time, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var running = Bots.Of(Options.For(_folder), new ScriptedFeed([]), time, _log).RunAsync(Bots.Why, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(Timeout = 30_000)]
    public async Task Another_algorithm_than_the_ledgers_is_refused_and_fresh_keeps_the_old_one_beside()
    {
        var script = Script.Updates(Script.Candles("walk-1m", 60));
        await Pipeline(new ScriptedFeed(script)).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
        var gaps = _folder.Read("binance_extgap_testusdt_1m_gaps.csv");
        var options = Options.For(_folder, algorithm: GapAlgorithm.Simple);
        var error = await Assert.ThrowsAsync<BotException>(() => Bots.Of(options, new ScriptedFeed(script), TimeProvider.System, _log).RunAsync(Bots.Why, TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains("--fresh", error.Message, StringComparison.Ordinal);

        var feed = new ScriptedFeed([]);
        await Bots.Of(options with { Fresh = true }, feed, TimeProvider.System, _log).RunAsync(Bots.Why, TestContext.Current.CancellationToken);

        Assert.Null(feed.Starts[0].After);
        Assert.Single(_folder.Names, name => name.StartsWith("testusdt_1m.db.kept-", StringComparison.Ordinal));
        var kept = Assert.Single(_folder.Names, name => name.Contains("gaps.csv.kept-", StringComparison.Ordinal));
        Assert.Equal(gaps, _folder.Read(kept));
        Assert.Single(_folder.Read("binance_extgap_testusdt_1m_gaps.csv").TrimEnd().Split('\n'));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_happens_is_logged_in_the_words_that_people_grep()
    {
        await Pipeline(new ScriptedFeed(Script.Updates(Script.Candles("walk-1m", 300)))).RunAsync(Bots.Why, TestContext.Current.CancellationToken);
        var gaps = File.ReadAllLines(_folder["binance_extgap_testusdt_1m_gaps.csv"]).Length - 1;
        var trades = File.ReadAllLines(_folder["binance_extgap_testusdt_1m_trades.csv"]).Length - 1;

        Assert.Equal((gaps, trades), (_log.Count("gap detected"), _log.Count("Position Closed")));
        Assert.InRange(_log.Count("Entry Executed"), trades, trades + 1);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("-0.00 ", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private BotPipeline Pipeline(Bot.Feed.IKlineFeed feed) => Bots.Of(Options.For(_folder), feed, TimeProvider.System, _log);

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await task;
    }

    private sealed class BrokenFeed(Exception error) : Bot.Feed.IKlineFeed
    {
        public Instant? Now => null;

        public Bot.Feed.FeedStatus Status => default;

        public async Task<Bot.Feed.FeedOpening> OpenAsync(IReadOnlyList<Bot.Feed.FeedStart> starts, CancellationToken cancellationToken)
        {
            await Task.Yield();
            throw error;
        }

        public Task RunAsync(Bot.Feed.FeedOpening opening, Func<Bot.Feed.CandleUpdate, CancellationToken, ValueTask> deliver, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("It was never opened.");
    }
}
