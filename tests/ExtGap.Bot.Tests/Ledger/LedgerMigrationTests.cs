using ExtGap.Bot.Ledger;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Tests.Ledger;

public sealed class LedgerMigrationTests : IDisposable
{
    private const string Name = "testusdt_1m.db";

    private readonly TempFolder _folder = new();
    private readonly StrategyEngine _engine = new(GapAlgorithm.Group, new());

    [Fact]
    public void A_bot_that_is_killed_while_its_ledger_is_brought_up_to_date_finds_it_whole()
    {
        MakeFirstVersion();
        using var killed = new TempFolder();
        using (var connection = LedgerConnection.Open(_folder[Name]))
        {
            // The migration is one transaction. SQLite writes what is not committed to its log only when its memory is full: so much is done here.
            using var transaction = connection.BeginTransaction();
            connection.Execute("CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, html TEXT)", transaction);
            connection.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO messages (html) SELECT hex(randomblob(800)) FROM n", transaction);
            connection.Execute("PRAGMA user_version = 2", transaction);
            foreach (var file in _folder.Names.Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            {
                File.Copy(_folder[file], killed[file]);
            }
        }

        Assert.True(new FileInfo(killed[Name + "-wal"]).Length > 1_000_000);
        using var ledger = StrategyLedger.Open(killed[Name], Symbol.Parse("TESTUSDT"), Minutes.Timeframe, GapAlgorithm.Group);
        Snapshots.AssertSame(_engine.Snapshot(), ledger.State!);
        Assert.Equal(_engine.Gaps.Count, ledger.ReadGaps().Count());
        Assert.Null(ledger.ReadBeginning());
    }

    public void Dispose() => _folder.Dispose();

    private void MakeFirstVersion()
    {
        using (var ledger = StrategyLedger.Open(_folder[Name], Symbol.Parse("TESTUSDT"), Minutes.Timeframe, GapAlgorithm.Group))
        {
            var events = new List<EngineEvent>();
            ledger.Begin();
            foreach (var candle in Script.Candles("walk-1m", 300))
            {
                _engine.CandleClosed(candle, events);
                ledger.Add(candle);
            }

            foreach (var found in events.OfType<EngineEvent.GapDetected>())
            {
                ledger.Add(new LedgerGap(found.Gap, found.Gap.DetectionBar));
            }

            ledger.Commit(_engine.Snapshot());
        }

        using var connection = new SqliteConnection($"Data Source={_folder[Name]};Pooling=False");
        connection.Open();
        connection.Execute("DROP TABLE messages; DROP TABLE chats; DROP TABLE instrument; DROP TABLE reports; DROP TABLE beginning; DROP TABLE writer; PRAGMA user_version = 1");
    }
}
