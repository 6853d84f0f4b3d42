using ExtGap.Core.Gaps;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Engine;

/// <summary>Something that a candle caused. The cases are all here.</summary>
public abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>An external gap was found on the candle that closed.</summary>
    public sealed record GapDetected(ExternalGap Gap) : EngineEvent;

    /// <summary>A pending entry was executed at the open of a candle.</summary>
    public sealed record EntryExecuted(Position Position) : EngineEvent;

    /// <summary>A position was closed.</summary>
    public sealed record PositionClosed(Trade Trade) : EngineEvent;

    /// <summary>An entry was executed at an open that the closed candle did not confirm; <paramref name="Right"/> takes the place of <paramref name="Wrong"/>.</summary>
    public sealed record EntryCorrected(Position Wrong, Position Right) : EngineEvent;

    /// <summary>The trade that such an entry closed, with the right exit: it takes the place of the trade of the same number.</summary>
    public sealed record TradeCorrected(Trade Right) : EngineEvent;
}
