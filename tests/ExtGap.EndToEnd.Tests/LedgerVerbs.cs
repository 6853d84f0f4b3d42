using ExtGap.EndToEnd.Tests.Running;

namespace ExtGap.EndToEnd.Tests;

/// <summary><c>gaps</c>, <c>trades</c> and <c>stats</c> as people and scripts run them.</summary>
public sealed class LedgerVerbs(PlayedLedger played)
{
    [Fact(Timeout = 30_000)]
    public async Task A_list_that_is_cut_off_by_head_ends_without_a_word_of_complaint()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = await played.CopyAsync(cancellationToken);
        foreach (var format in new[] { string.Empty, "--json" })
        {
            await using var shell = ChildProcess.Start(
                "/bin/sh",
                ["-c", $"{{ \"$0\" \"$@\" {format}; echo \"exit $?\" >&2; }} | head -c 100", Executables.PathOf("extgap-bot"), "gaps", .. PlayedLedger.Options, "--data-directory", folder.Path]);
            Assert.Equal(0, await shell.WaitForExitAsync(cancellationToken));
            Assert.Contains("exit 0", shell.Lines, StringComparer.Ordinal);
            Assert.InRange(shell.Lines.Sum(line => line.Length), 100, 200);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_running_bots_ledger_is_read()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = await played.CopyAsync(cancellationToken);
        await using var bot = ChildProcess.Start("extgap-bot", [.. PlayedLedger.Options, "--data-directory", folder.Path, .. BotRun.Unreachable]);
        await bot.WaitForLineAsync("going on with", cancellationToken);
        var gaps = await BotRun.OfAsync(cancellationToken, ["gaps", .. PlayedLedger.Options, "--data-directory", folder.Path, "--last", "5"]);
        Assert.Equal((0, 7), (gaps.ExitCode, gaps.Output.Split('\n').Length));
        Assert.Equal(0, await bot.StopAsync(cancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_missing_ledger_is_named_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        var run = await BotRun.OfAsync(TestContext.Current.CancellationToken, ["trades", "--timeframe", "1h", "--data-directory", folder.Path]);
        run.AssertRefused(78, folder["btcusdt_1h.db"], "--data-directory", "--symbol", "--timeframe");
    }
}
