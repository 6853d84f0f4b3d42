namespace ExtGap.Bot.Feed;

/// <summary>The status of a feed, which is that of its worst connection.</summary>
internal static class FeedStatuses
{
    public static FeedStatus Of(IReadOnlyList<KlineConnection> connections)
    {
        if (connections.Count == 0)
        {
            return new(FeedState.Connecting, SinceLastFrame: null, Reconnects: 0);
        }

        var silences = connections.Select(connection => connection.SinceLastFrame).ToList();
        return new(
            connections.Max(connection => connection.State),
            silences.Contains(null) ? null : silences.Max(),
            connections.Sum(connection => connection.Reconnects));
    }
}
