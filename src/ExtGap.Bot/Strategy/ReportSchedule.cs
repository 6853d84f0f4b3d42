using ExtGap.Core.Market;

namespace ExtGap.Bot.Strategy;

/// <summary>
/// When statistics are due: at each multiple of an interval in UTC, by the exchange's time. A boundary at which a candle ends waits for
/// that candle a while; boundaries that passed unseen are told once, as the last of them.
/// </summary>
internal sealed class ReportSchedule
{
    /// <summary>How long after a boundary the candle that ends there is waited for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _interval;
    private readonly Timeframe _timeframe;
    private Instant _notBefore;

    /// <param name="interval">The interval.</param>
    /// <param name="timeframe">Timeframe of the candles.</param>
    /// <param name="toldThrough">The last boundary that was told, or before which nothing is to be told.</param>
    public ReportSchedule(TimeSpan interval, Timeframe timeframe, Instant toldThrough)
    {
        _interval = interval;
        _timeframe = timeframe;
        ToldThrough = toldThrough;
    }

    /// <summary>The last boundary that was told.</summary>
    public Instant ToldThrough { get; private set; }

    /// <summary>A candle has closed and was not history: the boundary that it reaches is due, if it has not been told.</summary>
    public Instant? CandleClosed(Instant end) => Due(BoundaryOf(end));

    /// <summary>Candles that were missed are asked for, or come: statistics wait for them, or they would tell of the time before the downtime.</summary>
    public void CatchingUp(Instant now) => _notBefore = now + Grace;

    /// <summary>Time has passed.</summary>
    public Instant? Tick(Instant now)
    {
        if (_notBefore > now)
        {
            return null;
        }

        var boundary = BoundaryOf(now);
        var endsCandle = !_timeframe.DividesDay || _timeframe.Floor(boundary) == boundary;
        return endsCandle && now - boundary < Grace ? null : Due(boundary);
    }

    /// <summary>The boundary was told.</summary>
    public void Told(Instant boundary) => ToldThrough = boundary;

    /// <summary>The last boundary that is not after an instant.</summary>
    public Instant BoundaryOf(Instant instant) => new(instant.UnixMilliseconds - (instant.UnixMilliseconds % (long)_interval.TotalMilliseconds));

    private Instant? Due(Instant boundary) => boundary > ToldThrough ? boundary : null;
}
