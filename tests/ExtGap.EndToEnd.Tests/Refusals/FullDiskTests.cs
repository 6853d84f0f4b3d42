using System.Globalization;
using ExtGap.EndToEnd.Tests.Running;
using ExtGap.Tests;

namespace ExtGap.EndToEnd.Tests.Refusals;

/// <summary>Disks that are full or can't be written.</summary>
public sealed class FullDiskTests(PlayedLedger played)
{
    private static readonly string Bot = Executables.PathOf("extgap-bot");

    [Theory(Timeout = 30_000)]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(48)]
    public async Task A_disk_that_is_full_at_the_start_is_told_in_plain_words(int freeKilobytes)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.SkipUnless(await PrivateMounts.AreAvailableAsync(cancellationToken), PrivateMounts.Missing);
        using var folder = new TemporaryFolder();
        await using var bot = PrivateMounts.Start(
            """
            mount -t tmpfs -o size=256k extgap "$0"
            head -c $((256 - $1))k /dev/zero > "$0/ballast"
            shift
            exec "$@"
            """,
            [folder.Path, freeKilobytes.ToString(CultureInfo.InvariantCulture), Bot, .. PlayedLedger.Options, "--data-directory", folder.Path, .. BotRun.Unreachable]);
        (await BotRun.EndOfAsync(bot, cancellationToken)).AssertRefused(1, "The disk is full", "Free some space and start again");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_disk_that_fills_up_ends_the_bot_and_once_there_is_room_it_goes_on_with_nothing_lost()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.SkipUnless(await PrivateMounts.AreAvailableAsync(cancellationToken), PrivateMounts.Missing);
        using var folder = new TemporaryFolder();
        await using var exchange = await PlayedLedger.PlayAsync(cancellationToken);
        await using var bot = PrivateMounts.Start(
            """
            mount -t tmpfs -o size=16m extgap "$0"
            head -c 15m /dev/zero > "$0/ballast"
            "$@" || echo "It has ended with $?."
            rm "$0/ballast"
            exec "$@"
            """,
            [folder.Path, Bot, .. PlayedLedger.Options, "--data-directory", folder.Path, "--log-level", "warning", .. exchange.BotOptions]);
        await bot.WaitForLineAsync("It has ended with 1.", cancellationToken);
        var words = string.Join('\n', bot.Lines);
        Assert.Contains("The disk is full", words, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", words, StringComparison.Ordinal);

        // Only the process itself sees its disk; the system shows it to others under its number.
        var disk = $"/proc/{bot.Id}/root{folder.Path}";
        await PlayedLedger.Expected.WaitForAsync(bot, disk, Conformance.Symbol, "1m", cancellationToken);
        var results = Results.Read(disk, Conformance.Symbol, "1m");
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
        Assert.Equal(PlayedLedger.Expected, results);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_disk_that_cant_be_written_is_refused_but_a_ledger_on_it_can_be_read()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.SkipUnless(await PrivateMounts.AreAvailableAsync(cancellationToken), PrivateMounts.Missing);
        using var source = await played.CopyAsync(cancellationToken);
        using var folder = new TemporaryFolder();
        const string Script =
            """
            mount -t tmpfs extgap "$0"
            cp "$1"/* "$0"
            mount -o remount,ro "$0"
            shift
            exec "$@"
            """;
        await using var bot = PrivateMounts.Start(Script, [folder.Path, source.Path, Bot, .. PlayedLedger.Options, "--data-directory", folder.Path, .. BotRun.Unreachable]);
        (await BotRun.EndOfAsync(bot, cancellationToken)).AssertRefused(78, "--data-directory", folder.Path, "Read-only file system");

        await using var stats = PrivateMounts.Start(Script, [folder.Path, source.Path, Bot, "stats", .. PlayedLedger.Options, "--data-directory", folder.Path]);
        var run = await BotRun.EndOfAsync(stats, cancellationToken);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("Candles             12,000", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("file")]
    [InlineData("file/data")]
    public async Task A_data_directory_that_cant_be_made_is_refused(string name)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "no folder", cancellationToken);
        var run = await BotRun.OfAsync(cancellationToken, [.. PlayedLedger.Options, "--data-directory", folder[name], .. BotRun.Unreachable]);
        run.AssertRefused(78, "--data-directory", folder[name]);
    }
}
