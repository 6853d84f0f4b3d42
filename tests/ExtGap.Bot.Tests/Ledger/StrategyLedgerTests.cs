using ExtGap.Bot.Ledger;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Tests.Support;
using ExtGap.Core.Trading;
using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Tests.Ledger;

public sealed class StrategyLedgerTests : IDisposable
{
    private static readonly Symbol Symbol = Symbol.Parse("TESTUSDT");

    private readonly TempFolder _folder = new();
    private readonly StrategyEngine _engine = new(GapAlgorithm.Group, new() { Notional = 12_345.67m, EntryFeeRate = 0.00055m });
    private readonly List<EngineEvent> _events = [];
    private readonly List<LedgerGap> _gaps = [];
    private readonly List<Trade> _trades = [];

    [Fact]
    public void A_new_ledger_has_nothing_in_it_and_can_be_opened_again()
    {
        for (var i = 0; i < 2; i++)
        {
            using var ledger = Open();
            Assert.Null(ledger.State);
            Assert.Empty(ledger.ReadGaps());
            Assert.Empty(ledger.ReadTrades());
        }
    }

    [Fact]
    public void Everything_comes_out_as_it_went_in()
    {
        foreach (var chunk in Script.Candles("walk-1m").Chunk(37))
        {
            using var ledger = Open();
            if (ledger.State is { } state)
            {
                Snapshots.AssertSame(_engine.Snapshot(), state);
            }

            ledger.Begin();
            foreach (var candle in chunk)
            {
                Record(ledger, candle);
            }

            ledger.Commit(_engine.Snapshot());
            Assert.Equal(_gaps, ledger.ReadGaps());
            Assert.Equal(_trades, ledger.ReadTrades());
        }

        Assert.True(_gaps.Count > 20 && _trades.Count > 5);
    }

    [Fact]
    public void A_corrected_trade_takes_the_place_of_the_wrong_one_and_the_sums_after_it_follow()
    {
        using var ledger = Open();
        ledger.Begin();
        Script.Candles("walk-1m").ForEach(candle => Record(ledger, candle));
        var wrong = _trades[1] with { ExitPrice = Price.FromUnits(_trades[1].ExitPrice.Units * 2) };
        ledger.Put(wrong);
        Assert.NotEqual(_trades, ledger.ReadTrades());
        ledger.Put(_trades[1]);
        ledger.Commit(_engine.Snapshot());

        Assert.Equal(_trades, ledger.ReadTrades());
    }

    [Fact]
    public void A_kill_between_begin_and_commit_leaves_the_former_state()
    {
        using var killed = new TempFolder();
        var candles = Script.Candles("walk-1m", 200);
        using var ledger = Open();
        ledger.Begin();
        candles[..100].ForEach(candle => Record(ledger, candle));
        ledger.Commit(_engine.Snapshot());
        var (state, gaps, trades) = (_engine.Snapshot(), _gaps.ToList(), _trades.ToList());

        ledger.Begin();
        candles[100..].ForEach(candle => Record(ledger, candle));
        foreach (var file in _folder.Names)
        {
            File.Copy(_folder[file], killed[file]);
        }

        ledger.Commit(_engine.Snapshot());
        using (var left = StrategyLedger.Open(killed["testusdt_1m.db"], Symbol, Minutes.Timeframe, GapAlgorithm.Group))
        {
            Snapshots.AssertSame(state, left.State!);
            Assert.Equal(gaps, left.ReadGaps());
            Assert.Equal(trades, left.ReadTrades());
        }

        // The write-ahead log is cut short anywhere by a power cut: a former state, never none.
        foreach (var file in _folder.Names)
        {
            File.Copy(_folder[file], killed[file], overwrite: true);
        }

        var log = File.ReadAllBytes(killed["testusdt_1m.db-wal"]);
        for (var cut = 0; cut < log.Length; cut += (log.Length / 40) + 1)
        {
            File.Copy(_folder["testusdt_1m.db"], killed["testusdt_1m.db"], overwrite: true);
            File.Delete(killed["testusdt_1m.db-shm"]);
            File.WriteAllBytes(killed["testusdt_1m.db-wal"], log[..^cut]);
            using var left = StrategyLedger.Open(killed["testusdt_1m.db"], Symbol, Minutes.Timeframe, GapAlgorithm.Group);
            Assert.True(left.State?.LastCandle is null || left.State.LastCandle == state.LastCandle || left.State.LastCandle == _engine.LastCandle);
            Assert.True(left.ReadGaps().Count() is var count && (count == 0 || count == gaps.Count || count == _gaps.Count));
        }
    }

    [Fact]
    public void A_kill_is_seen_by_a_second_opening_of_the_same_file_too()
    {
        using (var ledger = Open())
        {
            ledger.Begin();
            Script.Candles("walk-1m", 50).ForEach(candle => Record(ledger, candle));
        }

        using var again = Open();
        Assert.Null(again.State);
        Assert.Empty(again.ReadGaps());
    }

    [Theory]
    [InlineData("OTHERUSDT", "1m", GapAlgorithm.Group, "TESTUSDT 1m, not of OTHERUSDT 1m")]
    [InlineData("TESTUSDT", "3m", GapAlgorithm.Group, "TESTUSDT 1m, not of TESTUSDT 3m")]
    [InlineData("TESTUSDT", "1M", GapAlgorithm.Group, "TESTUSDT 1m, not of TESTUSDT 1M")]
    [InlineData("TESTUSDT", "1m", GapAlgorithm.Corrected, "made with group, which can't be changed to corrected on the way: use --fresh")]
    public void A_ledger_of_something_else_is_refused_in_plain_words(string symbol, string timeframe, GapAlgorithm algorithm, string expected)
    {
        Open().Dispose();
        var error = Assert.Throws<BotException>(() => StrategyLedger.Open(_folder["testusdt_1m.db"], Symbol.Parse(symbol), Timeframe.Parse(timeframe), algorithm));

        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Open().Dispose();
    }

    [Fact]
    public void Only_the_bot_that_opened_it_last_can_write_in_it()
    {
        var candles = Script.Candles("walk-1m", 3);
        using var first = Open();
        Write(first, candles[0]);
        using var second = Open();
        Write(second, candles[1]);

        for (var i = 0; i < 2; i++)
        {
            var error = Assert.Throws<BotException>(first.Begin);
            Assert.Equal(ExitCode.LedgerInUse, error.ExitCode);
            Assert.Contains("Another bot", error.Message, StringComparison.Ordinal);
        }

        // Nor does the first one keep the second from it.
        Write(second, candles[2]);
        using var third = Open();
        Snapshots.AssertSame(_engine.Snapshot(), third.State!);
    }

    [Fact]
    public void A_ledger_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        Open().Dispose();
        Sql($"PRAGMA user_version = {LedgerSchema.Version + 1}");
        var error = Assert.Throws<BotException>(Open);

        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains($"version {LedgerSchema.Version + 1}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--fresh", error.Message, StringComparison.Ordinal);
        Assert.Equal((long)LedgerSchema.Version + 1, Sql("PRAGMA user_version"));
    }

    [Fact]
    public void A_ledger_of_the_first_version_goes_on()
    {
        using (var ledger = Open())
        {
            ledger.Begin();
            Script.Candles("walk-1m", 300).ForEach(candle => Record(ledger, candle));
            ledger.Commit(_engine.Snapshot());
        }

        Sql("DROP TABLE messages; DROP TABLE chats; DROP TABLE instrument; DROP TABLE reports; DROP TABLE beginning; DROP TABLE writer; PRAGMA user_version = 1");
        using var again = Open();
        Snapshots.AssertSame(_engine.Snapshot(), again.State!);
        Assert.Equal(_gaps, again.ReadGaps());
        Assert.Equal((long)LedgerSchema.Version, Sql("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_refused_and_left_as_it_is()
    {
        var text = new string('x', 5000);
        _folder.Write("testusdt_1m.db", text);
        var error = Assert.Throws<BotException>(Open);
        Assert.Equal(ExitCode.Configuration, error.ExitCode);
        Assert.Contains("testusdt_1m.db", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, _folder.Read("testusdt_1m.db"));

        File.Delete(_folder["testusdt_1m.db"]);
        Directory.CreateDirectory(_folder["testusdt_1m.db"]);
        Assert.Throws<BotException>(Open);
    }

    [Fact]
    public void Of_the_candles_the_newest_ten_thousand_are_kept()
    {
        using var ledger = Open();
        ledger.Begin();
        foreach (var candle in Minutes.Candles(0, StrategyLedger.CandlesKept + 500))
        {
            _engine.CandleClosed(candle, _events);
            ledger.Add(candle);
        }

        ledger.Commit(_engine.Snapshot());
        Assert.InRange((long)Sql("SELECT count(*) FROM candles")!, StrategyLedger.CandlesKept, StrategyLedger.CandlesKept + StrategyLedger.CandlesBetweenPrunings);
        Assert.Equal(_engine.LastCandle!.Value.UnixMilliseconds, Sql("SELECT max(open_time) FROM candles"));
    }

    public void Dispose() => _folder.Dispose();

    private StrategyLedger Open() => StrategyLedger.Open(_folder["testusdt_1m.db"], Symbol, Minutes.Timeframe, GapAlgorithm.Group);

    private void Write(StrategyLedger ledger, Candle candle)
    {
        ledger.Begin();
        Record(ledger, candle);
        ledger.Commit(_engine.Snapshot());
    }

    private void Record(StrategyLedger ledger, Candle candle)
    {
        _events.Clear();
        Assert.True(_engine.CandleClosed(candle, _events));
        ledger.Add(candle);
        foreach (var happened in _events)
        {
            switch (happened)
            {
                case EngineEvent.GapDetected(var gap):
                    _gaps.Add(new(gap, candle.End));
                    ledger.Add(_gaps[^1]);
                    break;
                case EngineEvent.PositionClosed(var trade):
                    _trades.Add(trade);
                    ledger.Put(trade);
                    break;
                default:
                    break;
            }
        }
    }

    private object? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["testusdt_1m.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
