using ExtGap.Bot.Inspection;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;
using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Tests.Inspection;

public sealed class LedgerReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reading_a_ledger_that_no_bot_has_open_makes_and_changes_no_file()
    {
        SomeLedger.Write(_folder, 200);
        Assert.DoesNotContain(_folder.Names, name => name.EndsWith("-wal", StringComparison.Ordinal));
        var before = Files();
        Assert.Contains("TESTUSDT 1m", SomeLedger.Show(_folder, StatisticsSheet.Write), StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void Reading_the_ledger_of_a_running_bot_shows_one_moment_and_holds_no_commit_up()
    {
        using var bot = SomeLedger.Open(_folder);
        SomeLedger.Play(bot, 200);
        using (var reader = SomeLedger.Read(_folder))
        {
            var before = reader.ReadGaps().Count();
            Assert.True(before > 0);
            SomeLedger.Play(bot, 400);
            Assert.Equal(before, reader.ReadGaps().Count());
        }

        using var later = SomeLedger.Read(_folder);
        Assert.Equal(bot.Engine.Gaps.Count, later.ReadGaps().Count());
        Assert.Equal(bot.Engine.Trader.Statistics, later.State!.Trader.Statistics);
    }

    [Fact]
    public void A_bot_that_ends_while_its_ledger_is_read_loses_nothing()
    {
        int gaps;
        using (var bot = SomeLedger.Open(_folder))
        {
            SomeLedger.Play(bot, 200);
            gaps = bot.Engine.Gaps.Count;
            using var reader = SomeLedger.Read(_folder);
            bot.Dispose();
        }

        using var again = SomeLedger.Read(_folder);
        Assert.Equal(gaps, again.ReadGaps().Count());
        using var next = SomeLedger.Open(_folder);
        Assert.Equal(gaps, next.Engine.Gaps.Count);
    }

    [Fact]
    public void A_copied_ledger_with_its_log_but_without_its_index_is_read_whole_and_left_as_it_is()
    {
        using var copy = new TempFolder();
        using (var bot = SomeLedger.Open(_folder))
        {
            SomeLedger.Play(bot, 200);
            File.Copy(_folder[SomeLedger.FileName], copy[SomeLedger.FileName]);
            File.Copy(_folder[SomeLedger.FileName + "-wal"], copy[SomeLedger.FileName + "-wal"]);
        }

        using var reader = SomeLedger.Read(_folder);
        using var other = SomeLedger.Read(copy);
        Assert.Equal(reader.ReadGaps(), other.ReadGaps());
        Assert.Equal([SomeLedger.FileName, SomeLedger.FileName + "-wal"], copy.Names);
    }

    [Fact]
    public void A_ledger_in_a_folder_with_a_strange_name_is_read()
    {
        SomeLedger.Write(_folder, 100);
        var strange = Directory.CreateDirectory(_folder["50% off? #1 & ü;x=y"]).FullName;
        File.Copy(_folder[SomeLedger.FileName], Path.Combine(strange, SomeLedger.FileName));
        using var reader = LedgerReader.Open(strange, SomeLedger.Symbol, Minutes.Timeframe);
        Assert.NotEmpty(reader.ReadGaps());
    }

    [Fact]
    public void A_ledger_of_the_first_version_is_read_and_stays_one()
    {
        SomeLedger.Write(_folder, 200);
        Change("DROP TABLE messages; DROP TABLE chats; DROP TABLE instrument; DROP TABLE reports; DROP TABLE writer; PRAGMA user_version = 1");
        var before = Files();
        var sheet = SomeLedger.Show(_folder, StatisticsSheet.Write);
        Assert.Contains("Messages waiting    0", sheet, StringComparison.Ordinal);
        Assert.Contains("group algorithm", sheet, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void A_ledger_of_a_newer_version_is_refused_by_its_number()
    {
        SomeLedger.Write(_folder, 10);
        Change("PRAGMA user_version = 99");
        AssertRefused("version 99", "extgap-bot");
    }

    [Fact]
    public void A_missing_ledger_is_named_with_those_that_are_there()
    {
        _folder.Write("btcusdt_15m.db", "x");
        AssertRefused(_folder[SomeLedger.FileName], "btcusdt_15m.db", "--data-directory");
    }

    [Fact]
    public void An_empty_file_is_no_ledger_yet()
    {
        _folder.Write(SomeLedger.FileName, string.Empty);
        AssertRefused(_folder[SomeLedger.FileName], "no bot has written there yet");
    }

    [Fact]
    public void Another_programs_database_is_refused()
    {
        SomeLedger.Write(_folder, 10);
        Change("PRAGMA user_version = 0");
        AssertRefused("another program", "--data-directory");
    }

    [Fact]
    public void A_ledger_under_another_ones_name_is_refused()
    {
        SomeLedger.Write(_folder, 10);
        File.Move(_folder[SomeLedger.FileName], _folder["otherusdt_1m.db"]);
        var refused = Assert.Throws<BotException>(() => LedgerReader.Open(_folder.Root, Symbol.Parse("OTHERUSDT"), Minutes.Timeframe));
        Assert.Equal(ExitCode.Configuration, refused.ExitCode);
        Assert.Contains("is of TESTUSDT 1m", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE gaps SET level = 'high' WHERE number = 3")]
    [InlineData("UPDATE trades SET side = 'Sideways'")]
    [InlineData("UPDATE trades SET entry_price = '0'")]
    [InlineData("UPDATE state SET engine = '{\"algorithm\":'")]
    public void Rows_that_make_no_sense_are_a_damaged_ledger_and_not_a_crash(string damage)
    {
        SomeLedger.Write(_folder, 400);
        Change(damage);
        AssertRefused(_folder[SomeLedger.FileName], "is damaged", "--fresh");
    }

    private void AssertRefused(params string[] texts)
    {
        var refused = Assert.Throws<BotException>(() => SomeLedger.Show(_folder, StatisticsSheet.Write));
        Assert.Equal(ExitCode.Configuration, refused.ExitCode);
        Assert.All(texts, text => Assert.Contains(text, refused.Message, StringComparison.Ordinal));
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder[SomeLedger.FileName]};Pooling=false");
        connection.Open();
        connection.Execute(sql);
    }

    private List<(string Name, DateTime Written, string Content)> Files() =>
        [.. _folder.Names.Select(name => (name, File.GetLastWriteTimeUtc(_folder[name]), Convert.ToHexString(File.ReadAllBytes(_folder[name]))))];
}
