using ExtGap.Bot.Feed;
using ExtGap.Bot.Strategy;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Pipeline;

public sealed class RestartTests
{
    private const string GapFile = "binance_extgap_testusdt_1m_gaps.csv";
    private const string TradeFile = "binance_extgap_testusdt_1m_trades.csv";

    private readonly TestLog _log = new();
    private CancellationToken _stop;

    [Fact(Timeout = 60_000)]
    public async Task A_bot_that_is_restarted_at_any_point_writes_the_files_of_one_that_never_stopped()
    {
        _stop = TestContext.Current.CancellationToken;
        var script = Script.Updates(Script.Candles("walk-1m", 70), wrongOpenEvery: 7);
        using var whole = new TempFolder();
        await RunAsync(whole, script);
        Assert.True(whole.Read(TradeFile).Split('\n').Length > 6, "The stream is too quiet to show anything.");

        for (var point = 0; point <= script.Count; point++)
        {
            using var folder = new TempFolder();
            await RunAsync(folder, script, point);
            await RunAsync(folder, script);
            AssertSame(whole, folder, $"restarted after {point} updates");
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_that_is_restarted_after_every_single_update_writes_the_same_files()
    {
        _stop = TestContext.Current.CancellationToken;
        var script = Script.Updates(Script.Candles("walk-1m", 120), wrongOpenEvery: 5);
        using var whole = new TempFolder();
        await RunAsync(whole, script);
        using var folder = new TempFolder();
        for (var point = 1; point <= script.Count; point++)
        {
            // Two updates at a time: the opening that an earlier run has seen comes again, then the close.
            await RunAsync(folder, script, 2 - (point % 2));
        }

        await RunAsync(folder, script);
        AssertSame(whole, folder, "restarted after every update");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(GapAlgorithm.Group)]
    [InlineData(GapAlgorithm.Simple)]
    [InlineData(GapAlgorithm.Corrected)]
    public async Task Updates_committed_in_any_batches_and_kills_between_commits_give_the_same_files(GapAlgorithm algorithm)
    {
        _stop = TestContext.Current.CancellationToken;
        var script = Script.Updates(Script.Candles("walk-1m", 400), wrongOpenEvery: 11);
        using var whole = new TempFolder();
        await RunAsync(whole, script, algorithm: algorithm);
        for (var seed = 0; seed < 4; seed++)
        {
            using var folder = new TempFolder();
            var random = new Random(seed);
            var kills = 0;
            while (!PlayUntilKilled(folder, script, algorithm, random))
            {
                kills++;
            }

            Assert.True(kills > 2);
            AssertSame(whole, folder, $"batches of seed {seed}");
        }

        Assert.DoesNotContain(_log.Warnings, line => !line.Contains("entry corrected", StringComparison.Ordinal) && !line.Contains("kept as", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_symbols_in_one_bot_have_files_of_their_own()
    {
        using var both = new TempFolder();
        using var one = new TempFolder();
        var script = Script.Updates(Script.Candles("walk-1m", 200));
        await RunAsync(one, script);
        List<CandleUpdate> mixed = [.. script.SelectMany(update => new[] { update, update with { SymbolIndex = 1 } })];
        await Bots.Of(Options.For(both, symbols: "TESTUSDT,OTHERUSDT"), new ScriptedFeed(mixed), TimeProvider.System, _log)
            .RunAsync(Bots.Why, TestContext.Current.CancellationToken);

        AssertSame(one, both, "two symbols");
        Assert.Equal(one.Read(GapFile).Replace("TESTUSDT", "OTHERUSDT", StringComparison.Ordinal), both.Read("binance_extgap_otherusdt_1m_gaps.csv"));
        Assert.Equal(one.Read(TradeFile).Replace("TESTUSDT", "OTHERUSDT", StringComparison.Ordinal), both.Read("binance_extgap_otherusdt_1m_trades.csv"));
    }

    private async Task RunAsync(TempFolder folder, IReadOnlyList<CandleUpdate> script, int count = int.MaxValue, GapAlgorithm algorithm = GapAlgorithm.Group) =>
        await Bots.Of(Options.For(folder, algorithm: algorithm), new ScriptedFeed(script, count), TimeProvider.System, _log)
            .RunAsync(Bots.Why, _stop);

    private bool PlayUntilKilled(TempFolder folder, List<CandleUpdate> script, GapAlgorithm algorithm, Random random)
    {
        using var strategy = SymbolStrategy.Open(Symbol.Parse("TESTUSDT"), Options.For(folder, algorithm: algorithm), TimeProvider.System, _log);
        foreach (var update in script.Where(update => strategy.Engine.LastCandle is not { } last || update.OpenTime > last).ToList())
        {
            strategy.Apply(update, _ => new(new(), TimeSpan.Zero));
            if (random.Next(4) == 0)
            {
                strategy.Commit();

                // Now and then it is killed between the two: the files are made whole by the next start.
                if (random.Next(3) > 0)
                {
                    strategy.Publish();
                }
            }

            if (random.Next(50) == 0)
            {
                return false;
            }
        }

        strategy.Commit();
        strategy.Publish();
        return true;
    }

    private static void AssertSame(TempFolder expected, TempFolder actual, string when)
    {
        foreach (var file in new[] { GapFile, TradeFile })
        {
            Assert.True(string.Equals(expected.Read(file), actual.Read(file), StringComparison.Ordinal), $"{file} differs, {when}.\n{expected.Read(file)}\n{actual.Read(file)}");
        }
    }
}
