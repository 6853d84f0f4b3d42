using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Playing;

/// <summary>A connection as the player sees it: what it asked for and what waits to be sent to it. Only the player's loop touches it.</summary>
internal sealed class Subscriber(OutgoingQueue outgoing, bool isCombined, bool deliversKlines, Action<string> disconnect)
{
    private readonly List<string> _names = [];

    /// <summary>What waits to be sent.</summary>
    public OutgoingQueue Outgoing { get; } = outgoing;

    /// <summary>Whether frames are wrapped with the name of their stream.</summary>
    public bool IsCombined { get; set; } = isCombined;

    /// <summary>Whether its path is one that has klines.</summary>
    public bool DeliversKlines { get; } = deliversKlines;

    /// <summary>The names that it subscribed to, whether there are such streams or not, oldest first.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many of them are streams that the exchange has.</summary>
    public int StreamCount { get; set; }

    /// <summary>Ends the connection for breaking a rule, which the close frame names.</summary>
    public void Disconnect(string reason) => disconnect(reason);

    /// <summary>Notes a name.</summary>
    /// <returns>False where it was there before.</returns>
    public bool Add(string name)
    {
        if (_names.Contains(name))
        {
            return false;
        }

        _names.Add(name);
        return true;
    }

    /// <summary>Forgets a name.</summary>
    public bool Remove(string name) => _names.Remove(name);
}
