using ExtGap.Core.Market;

namespace ExtGap.Exchange.Markets;

/// <summary>
/// A market that never ends, made minute by minute out of a seed. A bar depends on seed, symbol and time alone, so that any part of it can be
/// made again at any time: only the days in use are kept.
/// </summary>
internal sealed class MadeBars : IBarSource
{
    private const long Minute = 60_000;
    private const long Day = MadeDay.Minutes * Minute;
    private const int HistoryDays = 90;
    private const int MostDays = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, MadeDay> _days = [];
    private readonly Queue<long> _oldest = new();
    private readonly MadeDays _course;
    private MadeDay? _latest;

    private MadeBars(MadeSymbol profile, long seed, Instant start)
    {
        Contract = profile.Contract;
        _course = new(profile, seed);
        FirstOpenTime = Math.Max(0, (start.UnixMilliseconds / Day) - HistoryDays) * Day;
    }

    /// <inheritdoc/>
    public Contract Contract { get; }

    /// <inheritdoc/>
    public Timeframe Timeframe { get; } = Timeframe.Natives[0];

    /// <summary>The market has a history of some months before its start.</summary>
    public long FirstOpenTime { get; }

    /// <inheritdoc/>
    public long? End => null;

    /// <summary>The market of a symbol for an exchange that starts then.</summary>
    public static MadeBars Of(Symbol symbol, long seed, Instant start) => new(MadeSymbol.Of(symbol), seed, start);

    /// <inheritdoc/>
    public bool TryFindFrom(long time, out Bar bar)
    {
        time = Math.Max(time, FirstOpenTime);
        return TryGet((time + Minute - 1) / Minute, out bar);
    }

    /// <inheritdoc/>
    public bool TryFindUpTo(long time, out Bar bar)
    {
        bar = default;
        return time >= FirstOpenTime && TryGet(Math.Min(time, Instant.Max.UnixMilliseconds) / Minute, out bar);
    }

    private bool TryGet(long minute, out Bar bar)
    {
        // The calendar ends, and with it the market.
        var (number, index) = Math.DivRem(minute, MadeDay.Minutes);
        if (minute * Minute > Instant.Max.UnixMilliseconds - Day)
        {
            bar = default;
            return false;
        }

        var day = _latest is { } latest && latest.Number == number ? latest : Find(number);
        bar = day.Bars[(int)index];
        return true;
    }

    private MadeDay Find(long number)
    {
        lock (_gate)
        {
            if (!_days.TryGetValue(number, out var day))
            {
                day = _course.Make(number);
                _days.Add(number, day);
                _oldest.Enqueue(number);
                if (_oldest.Count > MostDays)
                {
                    _days.Remove(_oldest.Dequeue());
                }
            }

            _latest = day;
            return day;
        }
    }
}
