using ExtGap.Core.Market;

namespace ExtGap.Core.Gaps;

/// <summary>
/// The bars of a sliding window that can still become its best: each is better than all that come after it (or as good, where ties are kept),
/// so the best one is always at the front, and every bar enters and leaves once.
/// </summary>
internal sealed class MonotonicQueue
{
    private Extreme[] _ring = new Extreme[16];
    private int _front;
    private int _count;

    /// <summary>The best bar of the window; of equal ones the earliest that was kept.</summary>
    public Extreme Best => _count > 0 ? _ring[_front] : throw new InvalidOperationException("The window is empty.");

    /// <summary>Adds the newest bar, which drives out those behind the front that are worse, and equal ones unless these are kept.</summary>
    public void Add(Extreme bar, bool keepTies)
    {
        while (_count > 0 && (At(_count - 1).Rank < bar.Rank || (!keepTies && At(_count - 1).Rank == bar.Rank)))
        {
            _count--;
        }

        if (_count == _ring.Length)
        {
            Grow();
        }

        _ring[(_front + _count) & (_ring.Length - 1)] = bar;
        _count++;
    }

    /// <summary>Takes the bars up to and including one out of the window.</summary>
    public void RemoveThrough(long index)
    {
        while (_count > 0 && _ring[_front].Index <= index)
        {
            _front = (_front + 1) & (_ring.Length - 1);
            _count--;
        }
    }

    /// <summary>The best bar behind one, or <paramref name="or"/> where none behind it is better.</summary>
    public Extreme BestAfter(long index, Extreme or)
    {
        for (var i = 0; i < _count; i++)
        {
            var bar = At(i);
            if (bar.Index > index)
            {
                return bar.Rank > or.Rank ? bar : or;
            }
        }

        return or;
    }

    /// <summary>Of bars that are equal keeps the latest only.</summary>
    public void KeepLatestOfTies()
    {
        // In place: no bar is written behind where the next one is read.
        var count = _count;
        _count = 0;
        for (var i = 0; i < count; i++)
        {
            Add(At(i), keepTies: false);
        }
    }

    /// <summary>The bars, oldest first.</summary>
    public Extreme[] ToArray()
    {
        var bars = new Extreme[_count];
        for (var i = 0; i < bars.Length; i++)
        {
            bars[i] = At(i);
        }

        return bars;
    }

    /// <summary>Becomes the queue of which <see cref="ToArray"/> gave these bars.</summary>
    public void Load(IReadOnlyList<Extreme> bars)
    {
        _front = 0;
        _count = 0;
        foreach (var bar in bars)
        {
            Add(bar, keepTies: true);
        }
    }

    private Extreme At(int position) => _ring[(_front + position) & (_ring.Length - 1)];

    private void Grow()
    {
        var ring = new Extreme[_ring.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            ring[i] = At(i);
        }

        _ring = ring;
        _front = 0;
    }
}
