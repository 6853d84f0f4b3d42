using System.Text.Json;
using ExtGap.Fuzz.Inputs;
using ExtGap.Fuzz.Running;
using ExtGap.Supervisor;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;

namespace ExtGap.Fuzz.Targets;

/// <summary>What a supervisor sends to a verb, read by <see cref="ControlClient"/> in pieces; a status is laid out as a table.</summary>
internal sealed class ControlReplies : FuzzTarget
{
    private static readonly SupervisorStatus Status = new()
    {
        Supervisor = new(4711, "0.1.0", "/srv/extgap/supervisor.json", 3600.5, 12_345_678),
        Programs =
        [
            new()
            {
                Name = "3m", State = "RUNNING", IsTroubled = false, Pid = 4712, StateSeconds = 12.5, UptimeSeconds = 13, Restarts = 1, Failures = 0, NextTrySeconds = 2, LastExit = "exit code 1", LastError = "boom",
                Reason = "why", CpuPercent = 1.5, MemoryBytes = 1 << 25, Logs = new("/srv/extgap/logs/o.log", "/srv/extgap/logs/e.log"),
                Bot = new()
                {
                    Words = "BTCUSDT 3m", AgeSeconds = 0.5, Feed = "live", SecondsSinceLastFrame = 0.25, OverdueSeconds = 70, Notifications = "on", MessagesWaiting = 2, MessageTroubles = ["a chat is gone"],
                    Symbols = [new() { Symbol = "BTCUSDT", Timeframe = "3m", LastCandle = new(2025, 11, 11, 18, 51, 59, TimeSpan.Zero), Trend = "BULLISH #3", Position = "LONG", EntryPrice = 105_000.1m, Gaps = 3, Trades = 1, Profit = -1.25m }],
                },
            },
        ],
    };

    private static readonly List<byte[]> Messages =
    [
        .. new ControlReply[] { new ControlReply.Report(Status), new ControlReply.Progress("3m: RUNNING"), new ControlReply.LogLines("3m", "a\nb"), new ControlReply.Done(0), new ControlReply.Failed(78, "why") }
            .Select(reply => JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Default.ControlReply)),
    ];

    private static readonly byte[] End = ControlMessages.Framed(Messages[3]);

    public override string Name => "control-replies";

    public override IReadOnlyList<byte[]> Corpus { get; } = [ControlMessages.Of(Messages[3]), ControlMessages.Of(Messages[4])];

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Quoted(
        "reply", "progress", "status", "log", "done", "failed", "text", "exitCode", "error", "name", "supervisor", "programs", "state", "stateSeconds", "bot", "symbols", "logs", "stdout", "stderr",
        "lastCandle", "9999-12-31T23:59:59Z", "uptimeSeconds", "messageTroubles", "protocol", "version");

    // A table of what is shown, in several widths.
    public override long Allowance(int length) => (256 * 1024) + (256L * length);

    public override byte[] Make(ref Rng rng, Mutator mutator)
    {
        var replies = ControlMessages.Make(ref rng, mutator, Corpus, Messages, Words);
        return rng.OneIn(4) ? replies : [.. replies, .. End];
    }

    public override bool Read(byte[] input)
    {
        using var stream = new PieceStream(input);
        try
        {
            return Wait(AskAsync(stream));
        }
        catch (SupervisorException e)
        {
            BrokenPromiseException.ThrowIf(e.Message.Length == 0 || e.ExitCode == 0, "a failure without a reason");
            return false;
        }
    }

    private static async Task<bool> AskAsync(Stream stream)
    {
        var connector = new ControlConnector("/run/extgap", "supervisor.json", TimeProvider.System);
        await connector.GreetAsync(stream, CancellationToken.None);
        await using var client = new ControlClient(stream, "supervisor.json");
        await foreach (var reply in client.AskAsync(new ControlRequest.Status([], null), CancellationToken.None))
        {
            if (reply is ControlReply.Report { Status: var status })
            {
                StatusTable.Lines(status.Programs, 80);
            }
        }

        return true;
    }
}
