using System.Collections.Concurrent;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Ledger;

/// <summary>A message to be put into a ledger.</summary>
/// <param name="At">The exchange's time of the event.</param>
/// <param name="Html">The whole message.</param>
/// <param name="Line">The message in one line, for folding; none where it can't be folded.</param>
/// <param name="IsGap">Whether it tells of a gap and nothing else.</param>
internal sealed record OutboxText(Instant At, string Html, string? Line, bool IsGap);

/// <summary>A message that waits in a ledger until every chat has it.</summary>
/// <param name="Id">Its number; later ones have greater numbers, and none is used twice.</param>
/// <param name="Text">What it says.</param>
internal sealed record OutboxMessage(long Id, OutboxText Text);

/// <summary>Messages that one transaction has put into a ledger.</summary>
/// <param name="Count">How many.</param>
/// <param name="LastId">Number of the last of them.</param>
/// <param name="FirstAt">The exchange's time of the first event.</param>
internal readonly record struct NewMessages(int Count, long LastId, Instant FirstAt);

/// <summary>
/// The messages of one ledger on their way out. It knows how many wait and since when without asking the ledger, and reads it only for what
/// is sent next: a bot of hundreds of contracts has few of them open. But for <see cref="Tell"/> it belongs to one owner.
/// </summary>
internal sealed class Outbox : IDisposable
{
    /// <summary>Asks how many messages wait for the chat that is furthest behind.</summary>
    public const string Waits = "SELECT COUNT(*) FROM messages WHERE id > (SELECT MIN(delivered_through) FROM chats)";

    private readonly string _path;
    private readonly OutboxConnections _connections;
    private readonly Dictionary<string, ChatBacklog> _chats;
    private readonly ConcurrentQueue<NewMessages> _told = new();

    private Outbox(string path, OutboxConnections connections, Dictionary<string, ChatBacklog> chats)
    {
        _path = path;
        _connections = connections;
        _chats = chats;
    }

    /// <summary>Opens the outbox of a ledger that exists, for these chats: see <see cref="OutboxConnection.SetChats"/>.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="chats">The chats that get its messages.</param>
    /// <param name="connections">The connections that it shares with other outboxes of the same owner.</param>
    public static Outbox Open(string path, IReadOnlyCollection<string> chats, OutboxConnections connections)
    {
        var connection = connections.Of(path);
        connection.SetChats(chats);
        return new(path, connections, chats.ToDictionary(chat => chat, connection.ReadBacklog, StringComparer.Ordinal));
    }

    /// <summary>The number of a chat's group since it has become a supergroup.</summary>
    public string? MovedTo(string chat) => _chats[chat].MovedTo;

    /// <summary>The ledger has new messages. Safe to call from any thread.</summary>
    public void Tell(NewMessages messages) => _told.Enqueue(messages);

    /// <summary>The exchange's time of the oldest event that a chat does not know of yet; none where it knows of all.</summary>
    public Instant? OldestFor(string chat)
    {
        Listen();
        return _chats[chat].OldestAt;
    }

    /// <summary>The oldest messages that a chat does not have yet, in order.</summary>
    public List<OutboxMessage> Waiting(string chat, int limit) => OldestFor(chat) is null ? [] : _connections.Of(_path).ReadWaiting(chat, limit);

    /// <summary>How many messages wait for the chat that is furthest behind.</summary>
    public long CountWaiting()
    {
        Listen();
        long most = 0;
        foreach (var backlog in _chats.Values)
        {
            most = Math.Max(most, backlog.Count);
        }

        return most;
    }

    /// <summary>A chat has all messages up to one; what every chat has leaves the ledger.</summary>
    public void Delivered(string chat, long throughId)
    {
        var connection = _connections.Of(_path);
        connection.Deliver(chat, throughId);
        _chats[chat] = connection.ReadBacklog(chat);
    }

    /// <summary>A chat has another number from now on.</summary>
    public void Moved(string chat, string to)
    {
        _connections.Of(_path).Move(chat, to);
        _chats[chat] = _chats[chat] with { MovedTo = to };
    }

    public void Dispose() => _connections.Close(_path);

    private void Listen()
    {
        while (_told.TryDequeue(out var told))
        {
            foreach (var (chat, backlog) in _chats)
            {
                _chats[chat] = backlog.With(told);
            }
        }
    }
}
