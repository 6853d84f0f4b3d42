using System.Text.Json;
using ExtGap.EndToEnd.Tests.Running;
using Microsoft.Data.Sqlite;

namespace ExtGap.EndToEnd.Tests.Stopping;

/// <summary>Bots with notifications on a market that closes a candle a minute, so that hardly anything but their stop is written; and how long their end takes.</summary>
public abstract class StoppingBot : IDisposable
{
    // A bot whose stdout is a pipe that is full and that nobody reads, but has open: its first log line waits for ever.
    private const string WithFullOutput = "mkfifo \"$0\" && exec 3<>\"$0\" && dd if=/dev/zero of=/proc/self/fd/3 bs=65536 count=1 oflag=nonblock 2>/dev/null; exec \"$@\" >&3";

    protected TemporaryFolder Folder { get; } = new();

    protected static IReadOnlyDictionary<string, string> Supervised { get; } = new Dictionary<string, string>(Telegram.Environment(), StringComparer.Ordinal) { ["EXTGAP_LIFELINE"] = "stdin" };

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static Task<ExchangeProcess> StartExchangeAsync(CancellationToken cancellationToken) =>
        ExchangeProcess.StartAsync(cancellationToken, "--symbol", "TESTUSDT");

    protected IReadOnlyList<string> OptionsOn(ExchangeProcess exchange) =>
        ["--symbol", "TESTUSDT", "--timeframe", "1m", "--data-directory", Folder.Path, .. exchange.BotOptions];

    /// <summary>Starts one, and waits until it has said hello and has nothing more to say.</summary>
    protected async Task<ChildProcess> StartGreetedAsync(ExchangeProcess exchange, CancellationToken cancellationToken, params IEnumerable<string> options)
    {
        var bot = ChildProcess.Start("extgap-bot", Supervised, [.. OptionsOn(exchange), .. options]);
        await ChatMessage.WaitForAsync(exchange, messages => messages.Count > 0, cancellationToken);
        await Waiting.UntilAsync(() => IsQuiet(Folder["testusdt_1m.status.json"]), bot.ToString, cancellationToken);

        return bot;
    }

    /// <summary>Starts one that hangs in its first log line.</summary>
    protected async Task<ChildProcess> StartHangingAsync(CancellationToken cancellationToken)
    {
        var bot = ChildProcess.Start(
            "/bin/sh",
            Supervised,
            ["-c", WithFullOutput, Folder["stdout"], Executables.PathOf("extgap-bot"), "--timeframe", "1m", "--data-directory", Folder["data"], .. BotRun.Unreachable]);
        await WaitForThreadAsync(bot.Id, "lifeline", cancellationToken);
        return bot;
    }

    /// <summary>Locks the bot's ledger, as another program that writes in it would, until it is disposed.</summary>
    protected IDisposable HoldLedger()
    {
        var connection = new SqliteConnection($"Data Source={Folder["testusdt_1m.db"]};Pooling=False");
        connection.Open();
        _ = connection.BeginTransaction(deferred: false);
        return connection;
    }

    /// <summary>How long a process takes to end after something was done to it, and its exit code.</summary>
    protected static async Task<(TimeSpan Took, int ExitCode)> EndAfterAsync(ChildProcess process, Action act, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        act();
        var exitCode = await process.WaitForExitAsync(cancellationToken);
        return (TimeProvider.System.GetElapsedTime(started), exitCode);
    }

    private static bool IsQuiet(string statusFile)
    {
        if (!File.Exists(statusFile))
        {
            return false;
        }

        using var status = JsonDocument.Parse(File.ReadAllText(statusFile));
        return status.RootElement.GetProperty("feed").GetProperty("state").GetString() == "live"
            && status.RootElement.GetProperty("messages").GetProperty("waiting").GetInt64() == 0;
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
