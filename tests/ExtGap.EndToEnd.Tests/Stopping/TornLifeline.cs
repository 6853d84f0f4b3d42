using ExtGap.EndToEnd.Tests.Running;
using Microsoft.Data.Sqlite;

namespace ExtGap.EndToEnd.Tests.Stopping;

/// <summary>A bot whose supervisor has died is gone within 5 s, whatever hangs.</summary>
public sealed class TornLifeline : StoppingBot
{
    // A bot whose stdout is a pipe that is full and that nobody reads, but has open: its first log line waits for ever.
    private const string WithFullOutput = "mkfifo \"$0\" && exec 3<>\"$0\" && dd if=/dev/zero of=/proc/self/fd/3 bs=65536 count=1 oflag=nonblock 2>/dev/null; exec \"$@\" >&3";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Theory(Timeout = 60_000)]
    [InlineData("telegram-no-answer")]
    [InlineData("telegram-slow=60s")]
    public async Task A_bot_whose_last_message_gets_no_answer_leaves_in_time_and_keeps_it(string fault)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        await SetFaultAsync(exchange, fault, cancellationToken);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 0, $"Exit code {exitCode} after {took}: {bot}");
        Assert.Contains("Stopped by the end of stdin", bot.Lines[^1], StringComparison.Ordinal);
        var stats = await BotRun.OfAsync(cancellationToken, "stats", "--symbol", "TESTUSDT", "--timeframe", "1m", "--data-directory", Folder.Path);
        Assert.Matches("Messages waiting +1", stats.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_whose_exchange_and_Telegram_have_stopped_answering_leaves_cleanly_in_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        exchange.Process.Signal(19);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 0, $"Exit code {exitCode} after {took}: {bot}");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_whose_ledger_is_locked_ends_in_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var exchange = await StartExchangeAsync(cancellationToken);
        await using var bot = await StartGreetedAsync(exchange, cancellationToken);
        using var connection = new SqliteConnection($"Data Source={Folder["testusdt_1m.db"]};Pooling=False");
        connection.Open();
        using var hold = connection.BeginTransaction(deferred: false);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 1, $"Exit code {exitCode} after {took}: {bot}");
        Assert.Contains(bot.Lines, line => line.Contains("the end of stdin", StringComparison.Ordinal) && line.Contains("4 s", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bot_that_hangs_in_its_log_ends_in_time()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bot = ChildProcess.Start(
            "/bin/sh",
            Supervised,
            ["-c", WithFullOutput, Folder["stdout"], Executables.PathOf("extgap-bot"), "--timeframe", "1m", "--data-directory", Folder["data"], .. BotRun.Unreachable]);
        await WaitForThreadAsync(bot.Id, "lifeline", cancellationToken);

        var (took, exitCode) = await EndAfterAsync(bot, bot.CloseInput, cancellationToken);

        Assert.True(took < Limit && exitCode == 1, $"Exit code {exitCode} after {took}: {bot}");
        Assert.False(Directory.Exists(Folder["data"]), "It has hung, but later.");
    }

    private static async Task WaitForThreadAsync(int process, string name, CancellationToken cancellationToken)
    {
        while (!Directory.EnumerateDirectories($"/proc/{process}/task").Any(thread => NameOf(thread) == name))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    // A thread may end between the listing and the look.
    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
