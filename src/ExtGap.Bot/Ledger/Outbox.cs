using ExtGap.Core.Market;
using Microsoft.Data.Sqlite;

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

/// <summary>
/// The messages of one ledger on their way out. It has a connection of its own, so the delivery and the candles do not wait for each other
/// longer than a write takes.
/// </summary>
internal sealed class Outbox : IDisposable
{
    /// <summary>Asks how many messages wait for the chat that is furthest behind.</summary>
    public const string Waits = "SELECT COUNT(*) FROM messages WHERE id > (SELECT MIN(delivered_through) FROM chats)";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _select;
    private readonly SqliteCommand _deliver;
    private readonly SqliteCommand _prune;
    private readonly SqliteCommand _move;

    private Outbox(SqliteConnection connection)
    {
        _connection = connection;
        _select = connection.Prepare(
            "SELECT id, at, html, line, is_gap FROM messages WHERE id > (SELECT delivered_through FROM chats WHERE chat = $chat) ORDER BY id LIMIT $limit");
        _deliver = connection.Prepare("UPDATE chats SET delivered_through = $id WHERE chat = $chat AND delivered_through < $id");
        _prune = connection.Prepare("DELETE FROM messages WHERE id <= (SELECT MIN(delivered_through) FROM chats)");
        _move = connection.Prepare("UPDATE chats SET moved_to = $moved WHERE chat = $chat");
    }

    /// <summary>Opens the outbox of a ledger that exists, for these chats: a new chat begins with the next message, one that is gone is forgotten.</summary>
    public static Outbox Open(string path, IReadOnlyCollection<string> chats)
    {
        var connection = LedgerConnection.Open(path);
        try
        {
            using (var transaction = connection.BeginTransaction())
            {
                SetChats(connection, transaction, chats);
                transaction.Commit();
            }

            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The number of a chat's group since it has become a supergroup.</summary>
    public string? MovedTo(string chat)
    {
        using var select = _connection.Prepare("SELECT moved_to FROM chats WHERE chat = $chat");
        select.Parameters[0].Value = chat;
        return select.ExecuteScalar() as string;
    }

    /// <summary>The oldest messages that a chat does not have yet, in order.</summary>
    public List<OutboxMessage> Waiting(string chat, int limit)
    {
        _select.Parameters[0].Value = chat;
        _select.Parameters[1].Value = limit;
        using var reader = _select.ExecuteReader();
        var messages = new List<OutboxMessage>();
        while (reader.Read())
        {
            var text = new OutboxText(new(reader.GetInt64(1)), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetBoolean(4));
            messages.Add(new(reader.GetInt64(0), text));
        }

        return messages;
    }

    /// <summary>How many messages wait for the chat that is furthest behind.</summary>
    public long CountWaiting() => _connection.ReadInt64(Waits);

    /// <summary>A chat has all messages up to one; what every chat has leaves the ledger.</summary>
    public void Delivered(string chat, long throughId)
    {
        _deliver.Run(throughId, chat);
        _prune.Run();
    }

    /// <summary>A chat has another number from now on.</summary>
    public void Moved(string chat, string to) => _move.Run(to, chat);

    public void Dispose()
    {
        _select.Dispose();
        _deliver.Dispose();
        _prune.Dispose();
        _move.Dispose();
        _connection.Dispose();
    }

    private static void SetChats(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyCollection<string> chats)
    {
        var known = new List<string>();
        using (var select = connection.Prepare("SELECT chat FROM chats", transaction))
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                known.Add(reader.GetString(0));
            }
        }

        using var forget = connection.Prepare("DELETE FROM chats WHERE chat = $chat", transaction);
        foreach (var gone in known.Except(chats, StringComparer.Ordinal))
        {
            forget.Run(gone);
        }

        // AUTOINCREMENT's own counter: the messages themselves may all be delivered and gone.
        using var add = connection.Prepare(
            "INSERT OR IGNORE INTO chats (chat, delivered_through) VALUES ( $chat, COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'messages'), 0))", transaction);
        foreach (var chat in chats)
        {
            add.Run(chat);
        }
    }
}
