using System.Text.Json;
using ExtGap.Fuzz.Running;
using ExtGap.Supervisor.Control;
using ExtGap.Supervisor.Presentation;
using ExtGap.Supervisor.Running;
using ExtGap.Supervisor.Status;

namespace ExtGap.Fuzz.Targets;

/// <summary>Datagrams that a child sends to its notify socket, up to the status and the alerts that are made of them.</summary>
internal sealed class BotNotifications : FuzzTarget
{
    private const string Report =
        """{"exchangeTime":"2025-11-11T18:52:01.5+00:00","feed":{"state":"live","secondsSinceLastFrame":0.4,"reconnects":0},"messages":{"notifications":"on","waiting":2,"troubles":["a chat is gone"]},"symbols":[{"symbol":"BTCUSDT","timeframe":"3m","lastCandle":"2025-11-11T18:50:59.999+00:00","nextCandleDue":"2025-11-11T18:54:00+00:00","trend":"BULLISH #3","position":"LONG","entryPrice":105000.10,"gaps":3,"trades":1,"profit":-1.25},{"symbol":"ETHUSDT","timeframe":"3m","gaps":0,"trades":0,"profit":0}]}""";

    private static readonly TimeSpan Now = TimeSpan.FromDays(2);

    public override string Name => "bot-notifications";

    public override IReadOnlyList<byte[]> Corpus { get; } = Texts.Utf8(
        $"READY=1\nSTATUS=live, BTCUSDT 3m\nX_EXTGAP={Report}", $"WATCHDOG=1\nX_EXTGAP={Report}\n", "STOPPING=1\nX_EXTGAP={\"feed\":{\"state\":\"live\"}}", "X_EXTGAP={\"symbols\":[]}");

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Quoted(
        "exchangeTime", "feed", "state", "live", "secondsSinceLastFrame", "messages", "waiting", "troubles", "symbols", "symbol", "timeframe", "lastCandle", "nextCandleDue", "trend", "entryPrice", "profit",
        "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999-14:00");

    public override long Allowance(int length) => (256 * 1024) + (256L * length);

    public override bool Read(byte[] input)
    {
        var notification = Notification.Parse(input);
        var word = new BotWord(notification.Words, notification.Report, Now - TimeSpan.FromHours(1));
        var report = BotReportReader.Read(word, Now)!;
        BotFeed.FreshnessOf(word, TimeSpan.Zero, Now);
        var program = new ProgramStatus
        {
            Name = "3m",
            State = "RUNNING",
            IsTroubled = false,
            Pid = 4712,
            StateSeconds = 12.5,
            Restarts = 0,
            Failures = 0,
            Logs = new("/o", "/e"),
            Bot = report,
        };
        StatusTable.Lines([program], 80);
        var reply = new ControlReply.Report(new() { Supervisor = new(1, "0.1.0", "/supervisor.json", 1, 1), Programs = [program] });
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes<ControlReply>(reply, ControlJson.Default.ControlReply), ControlJson.Default.ControlReply);
        return report.Feed is not null || report.Symbols.Count > 0 || notification.Report is { Length: > 0 };
    }
}
