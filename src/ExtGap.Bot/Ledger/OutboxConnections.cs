namespace ExtGap.Bot.Ledger;

/// <summary>
/// The connections of a bot's outboxes to their ledgers. A chat takes one message a second, so a few are enough for hundreds of contracts;
/// each open one costs tens of kilobytes. They belong to one owner.
/// </summary>
internal sealed class OutboxConnections : IDisposable
{
    /// <summary>How many are open at most.</summary>
    public const int MaxOpen = 4;

    // The one that was used last is at the end.
    private readonly List<(string Path, OutboxConnection Connection)> _open = [];

    /// <summary>How many are open now.</summary>
    public int OpenCount => _open.Count;

    /// <summary>The connection to a ledger, which is good until another one is asked for.</summary>
    public OutboxConnection Of(string path)
    {
        var index = _open.FindIndex(open => open.Path == path);
        if (index >= 0)
        {
            var found = _open[index];
            _open.RemoveAt(index);
            _open.Add(found);
            return found.Connection;
        }

        if (_open.Count == MaxOpen)
        {
            Close(_open[0].Path);
        }

        var opened = OutboxConnection.Open(path);
        _open.Add((path, opened));
        return opened;
    }

    /// <summary>Closes the connection to a ledger, where there is one.</summary>
    public void Close(string path)
    {
        var index = _open.FindIndex(open => open.Path == path);
        if (index >= 0)
        {
            _open[index].Connection.Dispose();
            _open.RemoveAt(index);
        }
    }

    public void Dispose()
    {
        _open.ForEach(open => open.Connection.Dispose());
        _open.Clear();
    }
}
