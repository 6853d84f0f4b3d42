using ExtGap.Core.Market;

namespace ExtGap.Bot.Ledger;

/// <summary>What waits in a ledger for one chat.</summary>
/// <param name="Count">How many messages.</param>
/// <param name="LastId">Number of the newest message that is counted, or a lower one where none waits.</param>
/// <param name="OldestAt">The exchange's time of the oldest event; none where nothing waits.</param>
/// <param name="MovedTo">The chat's number since it has become another kind of group.</param>
internal readonly record struct ChatBacklog(long Count, long LastId, Instant? OldestAt, string? MovedTo)
{
    /// <summary>The same with messages that came later; those that are counted already, as the ledger was read meanwhile, are not counted twice.</summary>
    public ChatBacklog With(NewMessages told) => told.LastId <= LastId
        ? this
        : this with { Count = Count + told.Count, LastId = told.LastId, OldestAt = OldestAt ?? told.FirstAt };
}
