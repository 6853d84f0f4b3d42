using System.Buffers.Binary;
using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests.Refusals;

/// <summary>Ledgers that can't be used are left as they are, byte for byte.</summary>
public sealed class DamagedLedgerTests(PlayedLedger played)
{
    private const int PageSize = 4096;

    /// <summary>A name, what is done to the ledger's bytes, and words that the text must have.</summary>
    public static TheoryData<string, string> Damages => new()
    {
        { "garbage", "it is no SQLite database" },
        { "half of it", "is damaged" },
        { "an end torn off", "is damaged" },
        { "zeros in the middle", "is damaged" },
        { "noise in the middle", "is damaged" },
        { "a newer version", "has version 99" },
        { "another program's", "another program" },
    };

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Damages))]
    public async Task A_ledger_that_cant_be_used_is_left_as_it_is_until_fresh_keeps_it_beside(string damage, string text)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = await played.CopyAsync(cancellationToken);
        var ledger = folder[PlayedLedger.LedgerName];
        var bytes = Damage(await File.ReadAllBytesAsync(ledger, cancellationToken), damage);
        await File.WriteAllBytesAsync(ledger, bytes, cancellationToken);
        string[] options = [.. PlayedLedger.Options, "--data-directory", folder.Path];

        var run = await BotRun.OfAsync(cancellationToken, [.. options, .. BotRun.Unreachable]);
        run.AssertRefused(78, text, ledger, "--fresh");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(ledger, cancellationToken));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path), path => path.Contains(".db-", StringComparison.Ordinal) || path.Contains(".kept-", StringComparison.Ordinal));

        // Who only reads gets what can be read.
        var stats = await BotRun.OfAsync(cancellationToken, ["stats", .. options]);
        Assert.True(stats.ExitCode is 0 or 78, stats.Output);
        Assert.DoesNotContain("   at ", stats.Output, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(ledger, cancellationToken));

        await using var bot = ChildProcess.Start("extgap-bot", [.. options, "--fresh", .. BotRun.Unreachable]);
        await bot.WaitForLineAsync("new ledger", cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(folder.Path, PlayedLedger.LedgerName + ".kept-*")), cancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task Csv_files_of_another_program_are_kept_aside_and_named()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = await played.CopyAsync(cancellationToken);
        await File.WriteAllTextAsync(folder[PlayedLedger.GapsName], "time,price\n1,2\n", cancellationToken);
        await using var bot = ChildProcess.Start("extgap-bot", [.. PlayedLedger.Options, "--data-directory", folder.Path, .. BotRun.Unreachable]);
        var line = await bot.WaitForLineAsync("it is kept as", cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));

        var kept = Assert.Single(Directory.GetFiles(folder.Path, "*.kept-*"));
        Assert.Matches(@"gaps\.csv\.kept-\d{8}T\d{6}Z$", kept);
        Assert.Contains(kept, line, StringComparison.Ordinal);
        Assert.Equal("time,price\n1,2\n", await File.ReadAllTextAsync(kept, cancellationToken));
        Assert.Equal(PlayedLedger.Expected, Results.Read(folder.Path, "TESTUSDT", "1m"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("testusdt_1m.db")]
    [InlineData("testusdt_1m.lock")]
    [InlineData("testusdt_1m.pid")]
    public async Task A_folder_in_the_place_of_a_file_is_named(string name)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[name]);
        var run = await BotRun.OfAsync(TestContext.Current.CancellationToken, [.. PlayedLedger.Options, "--data-directory", folder.Path, .. BotRun.Unreachable]);
        run.AssertRefused(78, folder[name], "is a folder", "move it away");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_in_the_place_of_a_csv_file_is_kept_aside()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = await played.CopyAsync(cancellationToken);
        File.Delete(folder[PlayedLedger.GapsName]);
        Directory.CreateDirectory(folder[PlayedLedger.GapsName]);
        await using var bot = ChildProcess.Start("extgap-bot", [.. PlayedLedger.Options, "--data-directory", folder.Path, .. BotRun.Unreachable]);
        await bot.WaitForLineAsync("it is kept as", cancellationToken);
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.Equal(PlayedLedger.Expected, Results.Read(folder.Path, "TESTUSDT", "1m"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_second_bot_on_the_same_ledger_is_refused_by_the_first_ones_process()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        string[] options = [.. PlayedLedger.Options, "--data-directory", folder.Path, .. BotRun.Unreachable];
        await using var first = ChildProcess.Start("extgap-bot", options);
        await first.WaitForLineAsync("new ledger", cancellationToken);
        var second = await BotRun.OfAsync(cancellationToken, options);
        second.AssertRefused(75, $"process {first.Id}", folder[PlayedLedger.LedgerName], "--data-directory");
        Assert.Equal(0, await first.StopAsync(cancellationToken));
    }

    private static byte[] Damage(byte[] ledger, string how)
    {
        var middle = ledger.Length / PageSize / 2 * PageSize;
        switch (how)
        {
            case "garbage":
                return [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31))];
            case "half of it":
                return ledger[..middle];
            case "an end torn off":
                return ledger[..^100];
            case "zeros in the middle":
                ledger.AsSpan(middle, PageSize).Clear();
                return ledger;
            case "noise in the middle":
                new Random(1).NextBytes(ledger.AsSpan(middle, PageSize));
                return ledger;
            case "a newer version":
                BinaryPrimitives.WriteInt32BigEndian(ledger.AsSpan(UserVersion), 99);
                return ledger;
            case "another program's":
                BinaryPrimitives.WriteInt32BigEndian(ledger.AsSpan(UserVersion), 0);
                return ledger;
            default:
                throw new ArgumentOutOfRangeException(nameof(how), how, "No such damage.");
        }
    }

    // Where SQLite's file header has it.
    private const int UserVersion = 60;
}
