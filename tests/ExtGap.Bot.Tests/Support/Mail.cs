using ExtGap.Bot.Ledger;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Tests.Telegram;
using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A real ledger with messages in it.</summary>
internal sealed class Mail : IDisposable
{
    private readonly EngineSnapshot _state = new StrategyEngine(GapAlgorithm.Group, new()).Snapshot();
    private readonly StrategyLedger _ledger;
    private readonly List<Outbox> _outboxes = [];
    private int _count;

    public Mail(TempFolder folder, string symbol = "TESTUSDT")
    {
        Path = folder[$"{symbol}.db"];
        _ledger = StrategyLedger.Open(Path, Symbol.Parse(symbol), Minutes.Timeframe, GapAlgorithm.Group);
    }

    public string Path { get; }

    /// <summary>Opens its outbox, which hears of what is put into it from then on.</summary>
    public Outbox Open(params string[] chats) => Open(new OutboxConnections(), chats);

    /// <summary>The same, by connections that it shares with others.</summary>
    public Outbox Open(OutboxConnections connections, params string[] chats)
    {
        var outbox = Outbox.Open(Path, chats, connections);
        _outboxes.Add(outbox);
        return outbox;
    }

    /// <summary>Adds messages, a second apart: one such as <c>gap 7</c> can be folded, others can't.</summary>
    public void Put(params string[] messages)
    {
        foreach (var message in messages)
        {
            PutAt(_count++, message);
        }
    }

    public void PutAt(int second, string message)
    {
        _ledger.Begin();
        var isGap = message.StartsWith("gap ", StringComparison.Ordinal);
        var line = isGap || message.StartsWith("entry ", StringComparison.Ordinal) ? message : null;
        _ledger.Add(new OutboxText(new(1000L * second), message, line, isGap));
        var told = _ledger.Commit(_state);
        _outboxes.ForEach(outbox => outbox.Tell(told));
    }

    public static MessageSource Source(Outbox outbox) => new(outbox, () => Some.Bitcoin);

    public static string[] Waiting(Outbox outbox, string chat) => [.. outbox.Waiting(chat, 1000).Select(message => message.Text.Html)];

    public static string[] Names(string kind, int count) => [.. Enumerable.Range(1, count).Select(i => $"{kind} {i}")];

    public void Dispose() => _ledger.Dispose();
}
