using ExtGap.Core.Market;
using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Ledger;

/// <summary>
/// An outbox's connection to its ledger, which is not the one of the candles: they and the delivery do not wait for each other longer than a
/// write takes.
/// </summary>
internal sealed class OutboxConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _select;
    private readonly SqliteCommand _backlog;
    private readonly SqliteCommand _deliver;
    private readonly SqliteCommand _prune;

    private OutboxConnection(SqliteConnection connection)
    {
        _connection = connection;
        _select = connection.Prepare(
            "SELECT id, at, html, line, is_gap FROM messages WHERE id > (SELECT delivered_through FROM chats WHERE chat = $chat) ORDER BY id");
        _backlog = connection.Prepare(
            "SELECT COUNT(id), COALESCE(MAX(id), delivered_through), (SELECT at FROM messages WHERE id > delivered_through ORDER BY id LIMIT 1), moved_to FROM chats LEFT JOIN messages ON id > delivered_through WHERE chat = $chat");
        _deliver = connection.Prepare("UPDATE chats SET delivered_through = $id WHERE chat = $chat AND delivered_through < $id");
        _prune = connection.Prepare("DELETE FROM messages WHERE id <= (SELECT MIN(delivered_through) FROM chats)");
    }

    /// <summary>Opens a connection to a ledger that exists.</summary>
    public static OutboxConnection Open(string path)
    {
        var connection = LedgerConnection.Open(path);
        try
        {
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What waits for a chat.</summary>
    public ChatBacklog ReadBacklog(string chat)
    {
        _backlog.Parameters[0].Value = chat;
        using var reader = _backlog.ExecuteReader();
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : new Instant(reader.GetInt64(2)), reader.IsDBNull(3) ? null : reader.GetString(3));
    }

    /// <summary>The oldest messages that a chat does not have yet, in order.</summary>
    public List<OutboxMessage> ReadWaiting(string chat, int limit)
    {
        _select.Parameters[0].Value = chat;
        using var reader = _select.ExecuteReader();
        var messages = new List<OutboxMessage>();

        // Not a LIMIT: SQLite compiles a statement anew each time that one is bound to it.
        while (messages.Count < limit && reader.Read())
        {
            var text = new OutboxText(new(reader.GetInt64(1)), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(4));
            messages.Add(new(reader.GetInt64(0), text));
        }

        return messages;
    }

    /// <summary>A chat has all messages up to one; what every chat has leaves the ledger.</summary>
    public void Deliver(string chat, long throughId)
    {
        _deliver.Run(throughId, chat);
        _prune.Run();
    }

    /// <summary>A chat has another number from now on.</summary>
    public void Move(string chat, string to)
    {
        using var move = _connection.Prepare("UPDATE chats SET moved_to = $moved WHERE chat = $chat");
        move.Run(to, chat);
    }

    /// <summary>
    /// Makes these the ledger's chats: a new one begins with the next message, one that is gone is forgotten. A group that has moved and is
    /// now configured by its new number is no new one: it goes on where it was.
    /// </summary>
    public void SetChats(IReadOnlyCollection<string> chats)
    {
        using var transaction = _connection.BeginTransaction();
        var known = new List<(string Chat, string? MovedTo)>();
        using (var select = _connection.Prepare("SELECT chat, moved_to FROM chats", transaction))
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                known.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
            }
        }

        // Not where the new number has a place of its own.
        using var rename = _connection.Prepare("UPDATE OR IGNORE chats SET chat = moved_to, moved_to = NULL WHERE chat = $chat", transaction);
        using var forget = _connection.Prepare("DELETE FROM chats WHERE chat = $chat", transaction);
        foreach (var (gone, movedTo) in known.Where(row => !chats.Contains(row.Chat, StringComparer.Ordinal)))
        {
            if (movedTo is not null && chats.Contains(movedTo, StringComparer.Ordinal))
            {
                rename.Run(gone);
            }

            forget.Run(gone);
        }

        // AUTOINCREMENT's own counter: the messages themselves may all be delivered and gone.
        using var add = _connection.Prepare(
            "INSERT OR IGNORE INTO chats (chat, delivered_through) VALUES ( $chat, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'messages'), 0))", transaction);
        foreach (var chat in chats)
        {
            add.Run(chat);
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _select.Dispose();
        _backlog.Dispose();
        _deliver.Dispose();
        _prune.Dispose();
        _connection.Dispose();
    }
}
