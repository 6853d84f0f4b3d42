namespace ExtGap.Core.Market;

/// <summary>
/// Builds candles of a longer timeframe from those of a shorter one, which come in order and complete but for the holes that the exchange has.
/// Where both timeframes are the same it passes every candle on.
/// </summary>
public sealed class CandleAggregator
{
    private readonly Timeframe _source;
    private readonly Timeframe _target;
    private bool _begun;
    private Instant? _opened;
    private Candle? _partial;

    /// <summary>An aggregator from <paramref name="source"/> to <paramref name="target"/>.</summary>
    /// <param name="source">Timeframe of the candles that come in.</param>
    /// <param name="target">Timeframe of the candles that go out.</param>
    /// <param name="continued">
    /// True where candles of the stream went out before, so that the first one may lack its own beginning;
    /// false at a stream's very start, which waits for the first source candle of a whole one.
    /// </param>
    /// <exception cref="ArgumentException">The one can't be built from the other.</exception>
    public CandleAggregator(Timeframe source, Timeframe target, bool continued = false)
    {
        if (!target.CanBeBuiltFrom(source))
        {
            throw new ArgumentException($"Candles of {target} can't be built from candles of {source}.", nameof(target));
        }

        _source = source;
        _target = target;
        _begun = continued;
    }

    /// <summary>A source candle has its first update.</summary>
    public void SourceOpened(Instant openTime, Price open, ICandleSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (_source == _target)
        {
            sink.CandleOpened(openTime, open);
            return;
        }

        var bucket = _target.Floor(openTime);
        FinishBefore(bucket, sink);
        if (_opened != bucket && (_begun || bucket == openTime))
        {
            _begun = true;
            _opened = bucket;
            sink.CandleOpened(bucket, open);
        }
    }

    /// <summary>A source candle has closed; it need not have been opened before.</summary>
    public void SourceClosed(in Candle candle, ICandleSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (_source == _target)
        {
            sink.CandleClosed(candle);
            return;
        }

        SourceOpened(candle.OpenTime, candle.Open, sink);
        if (!_begun)
        {
            return;
        }

        var bucket = _target.Floor(candle.OpenTime);
        var closeTime = _target.CloseTimeOf(bucket);
        var built = _partial is { } partial
            ? partial with
            {
                High = candle.High > partial.High ? candle.High : partial.High,
                Low = candle.Low < partial.Low ? candle.Low : partial.Low,
                Close = candle.Close,
                Volume = partial.Volume + candle.Volume,
            }
            : candle with { OpenTime = bucket, CloseTime = closeTime };
        _partial = built;
        if (candle.CloseTime >= closeTime)
        {
            Finish(sink);
        }
    }

    private void FinishBefore(Instant bucket, ICandleSink sink)
    {
        // The source candle that would have closed it is a hole of the exchange's.
        if (_partial is { } partial && partial.OpenTime < bucket)
        {
            Finish(sink);
        }
    }

    private void Finish(ICandleSink sink)
    {
        var built = _partial.GetValueOrDefault();
        _partial = null;
        sink.CandleClosed(built);
    }
}

/// <summary>Takes the candles of one symbol and timeframe, in order.</summary>
public interface ICandleSink
{
    /// <summary>A candle has its first update.</summary>
    void CandleOpened(Instant openTime, Price open);

    /// <summary>A candle has closed; it need not have been opened before.</summary>
    void CandleClosed(in Candle candle);
}
