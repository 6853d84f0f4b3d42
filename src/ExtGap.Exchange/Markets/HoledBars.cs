using ExtGap.Core.Market;
using ExtGap.Exchange.Faults;

namespace ExtGap.Exchange.Markets;

/// <summary>The bars of a source without those that a fault makes holes of.</summary>
internal sealed class HoledBars(IBarSource source, HoleBook holes) : IBarSource
{
    private readonly long _length = (long)source.Timeframe.NominalLength.TotalMilliseconds;

    /// <inheritdoc/>
    public Contract Contract => source.Contract;

    /// <inheritdoc/>
    public Timeframe Timeframe => source.Timeframe;

    /// <inheritdoc/>
    public long FirstOpenTime => source.FirstOpenTime;

    /// <inheritdoc/>
    public long? End => source.End;

    /// <inheritdoc/>
    public bool TryFindFrom(long time, out Bar bar)
    {
        while (source.TryFindFrom(time, out bar))
        {
            if (!holes.TryFind(bar.OpenTime, _length, out var hole))
            {
                return true;
            }

            time = Math.Max(hole.To, bar.OpenTime + 1);
        }

        return false;
    }

    /// <inheritdoc/>
    public bool TryFindUpTo(long time, out Bar bar)
    {
        while (source.TryFindUpTo(time, out bar))
        {
            if (!holes.TryFind(bar.OpenTime, _length, out var hole))
            {
                return true;
            }

            time = Math.Min(hole.From, bar.OpenTime) - 1;
        }

        return false;
    }
}
