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
    public ref readonly Extreme Best
    {
        get
        {
            if (_count == 0)
            {
                throw new InvalidOperationException("The window is empty.");
            }

            return ref _ring[_front];
        }
    }

    /// <summary>Adds the newest bar, which drives out those behind the front that are worse, and equal ones unless these are kept.</summary>
    public void Add(in Extreme bar, bool keepTies)
    {
        // In locals, which the compiler can keep in registers while the ring is written.
        var ring = _ring;
        var mask = ring.Length - 1;
        var count = _count;
        var end = _front + count;
        var worst = keepTies ? bar.Rank - 1 : bar.Rank;
        while (count > 0 && ring[(end - 1) & mask].Rank <= worst)
        {
            count--;
            end--;
        }

        _count = count + 1;
        if (count < ring.Length)
        {
            ring[end & mask] = bar;
        }
        else
        {
            Grow()[count] = bar;
        }
    }

    /// <summary>Takes the bars up to and including one out of the window.</summary>
    public void RemoveThrough(long index)
    {
        var ring = _ring;
        var front = _front;
        var count = _count;
        while (count > 0 && ring[front].Index <= index)
        {
            front = (front + 1) & (ring.Length - 1);
            count--;
        }

        _front = front;
        _count = count;
    }

    /// <summary>The best bar behind one, or <paramref name="or"/> where none behind it is better.</summary>
    public Extreme BestAfter(long index, in Extreme or)
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

    // The oldest bar is the first of the new ring.
    private Extreme[] Grow()
    {
        var ring = new Extreme[_ring.Length * 2];
        for (var i = 0; i < _ring.Length; i++)
        {
            ring[i] = At(i);
        }

        _ring = ring;
        _front = 0;
        return ring;
    }
}
