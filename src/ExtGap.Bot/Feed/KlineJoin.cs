using ExtGap.Core.Market;

namespace ExtGap.Bot.Feed;

/// <summary>Takes what a <see cref="KlineJoin"/> lets through: candles in order, each once.</summary>
internal interface IKlineJoinSink
{
    /// <summary>The next candle has its first update.</summary>
    void Opened(Instant openTime, Price open, Instant now);

    /// <summary>The next candle has closed.</summary>
    void Closed(in Candle candle, Instant now);

    /// <summary>The exchange has no candle from one open time up to (and without) another.</summary>
    void Hole(Instant from, Instant to);
}

/// <summary>
/// Joins the stream and the REST answers of one contract into one sequence: in order, each candle once, holes filled.
/// It knows no network and no clock; what it needs it asks for (<see cref="TryStartFetch"/>), and time comes in as data:
/// the exchange's as <see cref="Instant"/>, the local monotonic one as a span since any beginning.
/// </summary>
internal sealed class KlineJoin
{
    /// <summary>How long after a candle's end REST is asked for it, by the local clock, if the stream has not closed it.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private const int MaxAhead = 500;

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    private readonly Timeframe _timeframe;
    private readonly IKlineJoinSink _sink;
    private readonly Queue<(Candle Candle, Instant Now)> _ahead = new();
    private (Instant OpenTime, Price Open, Instant Now)? _aheadOpened;
    private Instant _expected;
    private bool _anchored;
    private Instant? _lastOpened;

    // Every candle before this one is over: the stream has shown a later one, or its time has passed.
    private Instant _reached;
    private TimeSpan? _endPassed;

    private bool _fetchWanted;
    private Instant? _fetchingFrom;
    private int _fruitless;
    private TimeSpan _retryAt;
    private TimeSpan _blockedUntil;

    /// <param name="timeframe">Timeframe of the candles.</param>
    /// <param name="from">Open time of the first candle that is wanted.</param>
    /// <param name="continued">Whether candles went before it, so that one missing at the beginning is a hole.</param>
    /// <param name="sink">Takes the candles.</param>
    public KlineJoin(Timeframe timeframe, Instant from, bool continued, IKlineJoinSink sink)
    {
        _timeframe = timeframe;
        _expected = from;
        _reached = from;
        _anchored = continued;
        _sink = sink;
    }

    /// <summary>The stream has begun anew: whatever came meanwhile is to be fetched.</summary>
    public void Connected() => _fetchWanted = true;

    /// <summary>The stream has an update of an open candle in which there was a trade.</summary>
    public void Opened(Instant openTime, Price open, Instant now)
    {
        if (openTime == _expected)
        {
            Open(openTime, open, now);
        }
        else if (openTime > _expected && !(_aheadOpened?.OpenTime >= openTime))
        {
            _aheadOpened = (openTime, open, now);

            // The close of the candle before it was lost, or is a hole: no waiting for what an earlier answer did not have.
            _retryAt = TimeSpan.Zero;
            Reach(openTime);
        }
    }

    /// <summary>The stream has closed a candle.</summary>
    public void Closed(in Candle candle, Instant now)
    {
        if (candle.OpenTime == _expected)
        {
            Close(candle, now);
            TakeAhead();
        }
        else if (candle.OpenTime > _expected)
        {
            // Beyond its room the queue is dropped as a whole: REST has those candles too.
            if (_ahead.Count == MaxAhead)
            {
                _ahead.Clear();
            }

            _ahead.Enqueue((candle, now));
            Reach(_timeframe.Next(candle.OpenTime));

            // The exchange has now closed a later candle, so the next answer decides on the missing one.
            _retryAt = TimeSpan.Zero;
        }
    }

    /// <summary>REST has answered with closed candles, oldest first.</summary>
    /// <param name="candles">The candles whose end is past on the exchange's clock.</param>
    /// <param name="isLast">Whether the exchange had no more of them.</param>
    /// <param name="now">The exchange's time.</param>
    /// <param name="local">The local time.</param>
    public void Fetched(IReadOnlyList<Candle> candles, bool isLast, Instant now, TimeSpan local)
    {
        foreach (var candle in candles)
        {
            if (candle.OpenTime > _expected && _anchored)
            {
                _sink.Hole(_expected, candle.OpenTime);
            }

            if (candle.OpenTime >= _expected)
            {
                Close(candle, now);
            }
        }

        TakeAhead();
        if (isLast)
        {
            var missing = _expected < _reached && _expected == _fetchingFrom;
            _fetchingFrom = null;
            RetryAfter(missing ? ++_fruitless : _fruitless = 0, local);
        }
    }

    /// <summary>REST has not answered, or not with candles.</summary>
    /// <param name="retryAfter">How long the exchange asks to wait, if it does.</param>
    /// <param name="local">The local time.</param>
    public void FetchFailed(TimeSpan? retryAfter, TimeSpan local)
    {
        _fetchWanted = true;
        _fetchingFrom = null;
        _blockedUntil = local + (retryAfter ?? TimeSpan.Zero);
        RetryAfter(++_fruitless, local);
    }

    /// <summary>Time has passed: asks REST for a candle that the stream should have closed.</summary>
    /// <param name="now">The exchange's time.</param>
    /// <param name="local">The local time.</param>
    public void Tick(Instant now, TimeSpan local)
    {
        var next = _timeframe.Next(_expected);
        if (now < next)
        {
            return;
        }

        _endPassed ??= local;
        if (local - _endPassed >= CloseTimeout)
        {
            Reach(next);
        }
    }

    /// <summary>Whether REST is to be asked now, and from which open time on. The answer goes to <see cref="Fetched"/> or <see cref="FetchFailed"/>.</summary>
    public bool TryStartFetch(TimeSpan local, out Instant from)
    {
        from = _expected;
        if (_fetchingFrom is not null || (!_fetchWanted && _expected >= _reached) || local < _retryAt || local < _blockedUntil)
        {
            return false;
        }

        // A connection that is made while the answer is under way wants one of its own: this one may lack what came since.
        _fetchWanted = false;
        _fetchingFrom = from;
        return true;
    }

    private void RetryAfter(int fruitless, TimeSpan local)
    {
        var wait = fruitless == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(fruitless - 1, 10)));
        _retryAt = local + (wait < LongestRetry ? wait : LongestRetry);
    }

    private void Reach(Instant openTime) => _reached = openTime > _reached ? openTime : _reached;

    private void Open(Instant openTime, Price open, Instant now)
    {
        if (_lastOpened != openTime)
        {
            _lastOpened = openTime;
            _sink.Opened(openTime, open, now);
        }
    }

    private void Close(in Candle candle, Instant now)
    {
        _anchored = true;
        _expected = _timeframe.Next(candle.OpenTime);
        _endPassed = null;
        _sink.Closed(candle, now);
    }

    private void TakeAhead()
    {
        while (_ahead.TryPeek(out var next) && next.Candle.OpenTime <= _expected)
        {
            _ahead.Dequeue();
            if (next.Candle.OpenTime == _expected)
            {
                Close(next.Candle, next.Now);
            }
        }

        if (_aheadOpened is { } opened && opened.OpenTime <= _expected)
        {
            _aheadOpened = null;
            Opened(opened.OpenTime, opened.Open, opened.Now);
        }
    }
}
