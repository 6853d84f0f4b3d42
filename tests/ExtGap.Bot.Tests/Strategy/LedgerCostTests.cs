using System.Runtime.CompilerServices;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Strategy;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ExtGap.Bot.Tests.Strategy;

/// <summary>What a candle costs in the ledger, counted by SQLite itself: this guards what no stopwatch could on a busy machine.</summary>
public sealed class LedgerCostTests : IDisposable
{
    // A WAL frame is a page and 24 bytes.
    private const long FrameBytes = 4096 + 24;

    // Each reaches a little less far than the one before, so none makes a gap.
    private static readonly IEnumerable<Candle> Quiet = Minutes.Candles(0, 320).Select((candle, i) =>
        candle with { Open = Price.Parse("10"), High = Price.FromUnits((12 * 100_000_000L) - i), Low = Price.FromUnits((8 * 100_000_000L) + i), Close = Price.Parse("10") });

    private readonly ToldMessages _told = new(statsInterval: TimeSpan.FromDays(30));
    private readonly List<string> _statements = [];

    [Fact]
    public void A_candle_that_says_nothing_is_four_statements_and_a_look_at_whose_the_ledger_is_and_its_opening_none()
    {
        using var strategy = Started(Quiet, out var updates);
        foreach (var update in updates[..20])
        {
            Assert.Equal(update.Closed is null ? [] : ["BEGIN", "SELECT COUNT(*) FROM writer", "INSERT INTO candles", "INSERT OR REPLACE INTO state", "COMMIT"], Statements(strategy, update));
        }
    }

    [Fact]
    public void Candles_of_a_backlog_share_all_statements_but_their_own()
    {
        using var strategy = Started(Quiet, out var updates);
        Assert.Equal(4 + 60, Statements(strategy, [.. updates[..120]]).Count);
    }

    [Fact]
    public void A_gap_adds_its_row_and_its_message()
    {
        using var strategy = Started(Script.Candles("walk-1m", 400), out var updates);
        var gaps = 0;
        foreach (var update in updates)
        {
            var before = strategy.Engine.Gaps.Count;
            var trades = strategy.Engine.Trader.Statistics.Count;
            var statements = Statements(strategy, update);
            if (strategy.Engine.Gaps.Count > before && strategy.Engine.Trader.Statistics.Count == trades)
            {
                gaps++;
                statements.RemoveAll(statement => statement.StartsWith("DELETE", StringComparison.Ordinal));
                Assert.Equal(["BEGIN", "SELECT COUNT(*) FROM writer", "INSERT INTO candles", "INSERT INTO gaps", "INSERT INTO messages", "INSERT OR REPLACE INTO state", "COMMIT"], statements);
            }
        }

        Assert.True(gaps > 20, $"{gaps}");
    }

    [Fact]
    public void Old_candles_leave_the_ledger_a_hundred_at_a_time()
    {
        using var strategy = Started(Quiet, out var updates);
        var deletes = updates.SelectMany(update => Statements(strategy, update)).Count(statement => statement.StartsWith("DELETE", StringComparison.Ordinal));

        Assert.Equal((updates.Count / 2 / StrategyLedger.CandlesBetweenPrunings, 3), (deletes, deletes));
    }

    [Fact]
    public void A_candle_writes_no_more_than_three_pages()
    {
        using var strategy = Started(Quiet, out var updates);
        foreach (var update in updates[..200])
        {
            Statements(strategy, update);
        }

        var before = WalBytes;
        foreach (var update in updates[200..400])
        {
            Statements(strategy, update);
        }

        Assert.InRange((WalBytes - before) / 100.0, FrameBytes, 3 * FrameBytes);
    }

    public void Dispose() => _told.Dispose();

    private long WalBytes => new FileInfo(LedgerFile.PathOf(_told.Options.DataDirectory, Symbol.Parse("TESTUSDT"), _told.Options.Timeframe) + "-wal").Length;

    /// <summary>A strategy whose ledger says which statements it runs, and candles that say nothing to it.</summary>
    private SymbolStrategy Started(IEnumerable<Candle> candles, out List<CandleUpdate> updates)
    {
        updates = Script.Updates(candles);
        var strategy = _told.Start(updates[0].OpenTime);

        // The first candle also takes out those that a run before has left.
        ToldMessages.Apply(strategy, updates[..2]);
        strategy.Commit();
        updates.RemoveRange(0, 2);
        raw.sqlite3_trace(ConnectionOf(LedgerOf(strategy)).Handle, (_, statement) => _statements.Add(Shorten(statement)), null);
        return strategy;
    }

    private List<string> Statements(SymbolStrategy strategy, params List<CandleUpdate> updates)
    {
        ToldMessages.Apply(strategy, updates);
        strategy.Commit();
        List<string> statements = [.. _statements];
        _statements.Clear();
        return statements;
    }

    private static string Shorten(string statement) => statement.Split(" VALUES", 2)[0].Split(" WHERE", 2)[0].Split(" (", 2)[0].Split(" IMMEDIATE", 2)[0];

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_ledger")]
    private static extern ref StrategyLedger LedgerOf(SymbolStrategy strategy);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_connection")]
    private static extern ref SqliteConnection ConnectionOf(StrategyLedger ledger);
}
