using ExtGap.Core.Market;

namespace ExtGap.Exchange.Markets;

/// <summary>
/// The bars of one symbol in the timeframe in which it has them, final values all, whatever the exchange's clock shows.
/// It may be asked from several threads at once.
/// </summary>
internal interface IBarSource
{
    /// <summary>The symbol and how its numbers are written.</summary>
    Contract Contract { get; }

    /// <summary>The timeframe of the bars.</summary>
    Timeframe Timeframe { get; }

    /// <summary>Open time of the first bar.</summary>
    long FirstOpenTime { get; }

    /// <summary>The end of the last bar; none where bars come for ever.</summary>
    long? End { get; }

    /// <summary>The first bar that opens at <paramref name="time"/> or later.</summary>
    bool TryFindFrom(long time, out Bar bar);

    /// <summary>The last bar that opens at <paramref name="time"/> or before.</summary>
    bool TryFindUpTo(long time, out Bar bar);
}
