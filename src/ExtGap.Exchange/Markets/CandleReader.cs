using ExtGap.Core.Market;

namespace ExtGap.Exchange.Markets;

/// <summary>Reads candles of one timeframe from a source of bars of the same or a shorter one, as they are at a moment of the exchange's clock.</summary>
internal readonly struct CandleReader(IBarSource source, Timeframe timeframe)
{
    /// <summary>Open time of the candle to which a bar belongs.</summary>
    public long OpenTimeOf(in Bar bar) =>
        source.Timeframe == timeframe ? bar.OpenTime : timeframe.Floor(new Instant(bar.OpenTime)).UnixMilliseconds;

    /// <summary>The millisecond after a candle's last one.</summary>
    public long EndOf(long openTime) => timeframe.Next(new Instant(openTime)).UnixMilliseconds;

    /// <summary>
    /// Whether a candle that ends then ever closes. One that the source leaves unfinished doesn't: what is missing is not a hole, nobody knows it.
    /// </summary>
    public bool Closes(long end) => source.End is not { } sourceEnd || end <= sourceEnd;

    /// <summary>The candle that begins with this bar, with what has happened of it at <paramref name="now"/>.</summary>
    public Bar Read(in Bar first, long now)
    {
        var openTime = OpenTimeOf(first);
        var end = EndOf(openTime);
        var candle = At(first, now);
        var bar = first;
        while (source.TryFindFrom(BarEnd(bar), out bar) && bar.OpenTime < end && bar.OpenTime <= now)
        {
            candle.Append(At(bar, now));
        }

        candle.OpenTime = openTime;
        return candle;
    }

    /// <summary>The end of a source bar.</summary>
    public long BarEnd(in Bar bar) => source.Timeframe.Next(new Instant(bar.OpenTime)).UnixMilliseconds;

    /// <summary>A source bar as it is at a moment of the exchange's clock.</summary>
    public Bar At(in Bar bar, long now) => CandlePath.At(bar, now - bar.OpenTime, BarEnd(bar) - bar.OpenTime, source.Contract.Tick);
}
