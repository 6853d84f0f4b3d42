using ExtGap.Core.Market;
using ExtGap.KlineFiles;

namespace ExtGap.Exchange.Markets;

/// <summary>The bars of kline files, holes included: a kline that isn't in the files isn't on the exchange.</summary>
internal sealed class FileBars : IBarSource
{
    private readonly Bar[] _bars;
    private readonly long _length;

    private FileBars(Contract contract, Timeframe timeframe, Bar[] bars)
    {
        Contract = contract;
        Timeframe = timeframe;
        _bars = bars;
        _length = timeframe.Next(new Instant(bars[0].OpenTime)).UnixMilliseconds - bars[0].OpenTime;
        End = timeframe.Next(new Instant(bars[^1].OpenTime)).UnixMilliseconds;
    }

    /// <inheritdoc/>
    public Contract Contract { get; }

    /// <inheritdoc/>
    public Timeframe Timeframe { get; }

    /// <inheritdoc/>
    public long FirstOpenTime => _bars[0].OpenTime;

    /// <inheritdoc/>
    public long? End { get; }

    /// <summary>How many bars the files have.</summary>
    public int Count => _bars.Length;

    /// <summary>Reads all files of one symbol.</summary>
    /// <exception cref="KlineFileException">A file can't be used.</exception>
    public static FileBars Load(Symbol symbol, IReadOnlyCollection<string> paths)
    {
        // Twice: only the whole of the files tells how many decimals the numbers need, and the bars get an array of the right size.
        var survey = new FileSurvey();
        using (var files = KlineFileSequence.Open(paths))
        {
            while (files.TryRead(out var kline))
            {
                survey.Add(kline);
            }
        }

        var contract = survey.ToContract(symbol);
        var scale = new BarScale(contract);
        var bars = new Bar[survey.Count];
        long tradeId = 1;
        using (var files = KlineFileSequence.Open(paths))
        {
            for (var i = 0; i < bars.Length && files.TryRead(out var kline); i++)
            {
                bars[i] = scale.ToBar(kline, tradeId);
                tradeId += kline.TradeCount;
            }

            return new(contract, files.Timeframe, bars);
        }
    }

    /// <inheritdoc/>
    public bool TryFindFrom(long time, out Bar bar)
    {
        var index = IndexFrom(time);
        bar = index < _bars.Length ? _bars[index] : default;
        return index < _bars.Length;
    }

    /// <inheritdoc/>
    public bool TryFindUpTo(long time, out Bar bar)
    {
        var index = time == long.MaxValue ? _bars.Length - 1 : IndexFrom(time + 1) - 1;
        bar = index >= 0 ? _bars[index] : default;
        return index >= 0;
    }

    private int IndexFrom(long time)
    {
        if (time <= _bars[0].OpenTime)
        {
            return 0;
        }

        if (time > _bars[^1].OpenTime)
        {
            return _bars.Length;
        }

        // Without a hole before it a bar is where its time says; holes only move it down.
        var high = (int)Math.Min(_bars.Length - 1, (time - _bars[0].OpenTime + _length - 1) / _length);
        if (_bars[high].OpenTime == time)
        {
            return high;
        }

        var low = 0;
        high = _bars.Length - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_bars[middle].OpenTime < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
