using System.Collections.Concurrent;
using ExtGap.Supervisor.Commands;
using ExtGap.Supervisor.Setup;

namespace ExtGap.Supervisor.Tests.Setup;

/// <summary>Answers as <c>extgap-bot check</c> does, for a few values.</summary>
internal sealed class FakeBot
{
    public ConcurrentQueue<BotProbe> Probes { get; } = [];

    /// <summary>The outcome of a test and its subject.</summary>
    public Func<string, string, string> Outcome { get; set; } = (_, _) => "ok";

    public Task<BotCheckOutcome> AnswerAsync(BotProbe probe, CancellationToken cancellationToken)
    {
        Probes.Enqueue(probe);
        var timeframe = probe.Variables["EXTGAP_TIMEFRAME"];
        var symbols = probe.Variables.GetValueOrDefault("EXTGAP_SYMBOL", "BTCUSDT").ToUpperInvariant().Split(',');
        var chats = probe.Variables.GetValueOrDefault("TELEGRAM_CHAT_IDS")?.Split(',') ?? [];
        return Task.FromResult(timeframe == "7m" ? new BotCheckOutcome(null, "EXTGAP_TIMEFRAME: '7m' is not a timeframe.")
            : chats.Contains("nobody") ? new(null, "TELEGRAM_CHAT_IDS: 'nobody' is no chat.")
            : new(new(1, symbols, timeframe == "60m" ? "1h" : timeframe, "/data", null, Alerts: false, probe.Tests == OnlineTests.None ? null : Online(symbols, chats, probe.Tests)), null));
    }

    private List<BotOnlineTest> Online(string[] symbols, string[] chats, OnlineTests tests) =>
    [
        .. symbols.Select(symbol => Test("symbol", symbol)),
        .. chats.Take(1).Select(_ => Test("token", "TELEGRAM_BOT_TOKEN")),
        .. chats.Select(chat => Test("chat", chat)),
        .. chats.Where(_ => tests == OnlineTests.AskAndSend).Select(chat => Test("message", chat)),
    ];

    private BotOnlineTest Test(string test, string subject) => new(test, subject, Outcome(test, subject), "so it is");
}
