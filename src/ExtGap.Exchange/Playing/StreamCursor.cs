using ExtGap.Core.Market;
using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Markets;

namespace ExtGap.Exchange.Playing;

/// <summary>
/// The schedule of one stream: an update of the open candle at each interval since its open time, its close a delay after its end, and nothing of the
/// next candle before that. It knows no clock; whoever does reads <see cref="NextTime"/>, then <see cref="Read"/>, then calls <see cref="Advance"/>.
/// </summary>
internal sealed class StreamCursor(IBarSource source, Timeframe timeframe, long updateInterval, CloseDelay closeDelay)
{
    private readonly CandleReader _reader = new(source, timeframe);
    private long _openTime;
    private long _end;
    private Bar _past;
    private bool _hasPast;
    private Bar _bar;
    private long _barEnd;
    private bool _hasBar;

    /// <summary>Exchange time of the next frame; <see cref="long.MaxValue"/> where none comes any more.</summary>
    public long NextTime { get; private set; } = long.MaxValue;

    /// <summary>Whether the next frame is the one with the closed candle.</summary>
    public bool Closes { get; private set; }

    /// <summary>Last millisecond of the next frame's candle.</summary>
    public long CloseTime => _end - 1;

    /// <summary>Goes to the first frame after <paramref name="time"/>.</summary>
    public void Start(long time)
    {
        var delay = closeDelay.Now;
        var from = source.TryFindUpTo(time - delay, out var bar) ? _reader.OpenTimeOf(bar) : source.FirstOpenTime;
        var found = Enter(from);
        while (found && _end + delay <= time)
        {
            found = Enter(_end);
        }

        if (found)
        {
            ScheduleUpdate(time + 1, atOnce: false);
        }
    }

    /// <summary>The candle as the next frame shows it.</summary>
    public Bar Read()
    {
        if (Closes)
        {
            while (_hasBar)
            {
                LeaveBar();
            }
        }

        var state = _past;
        if (_hasBar)
        {
            var now = _reader.At(_bar, NextTime);
            if (_hasPast)
            {
                state.Append(now);
            }
            else
            {
                state = now;
            }
        }

        state.OpenTime = _openTime;
        return state;
    }

    /// <summary>Goes to the frame after the next one.</summary>
    public void Advance()
    {
        var time = NextTime;
        if (!Closes)
        {
            ScheduleUpdate(time + 1, atOnce: false);
        }
        else if (Enter(_end))
        {
            // What the delay held back is shown at once, so that even a coarse interval shows each candle's beginning.
            ScheduleUpdate(time, atOnce: true);
        }
    }

    private bool Enter(long from)
    {
        Closes = false;
        _hasPast = false;
        _hasBar = source.TryFindFrom(from, out _bar);
        if (!_hasBar)
        {
            NextTime = long.MaxValue;
            return false;
        }

        _openTime = _reader.OpenTimeOf(_bar);
        _end = _reader.EndOf(_openTime);
        _barEnd = _reader.BarEnd(_bar);
        return true;
    }

    private void ScheduleUpdate(long earliest, bool atOnce)
    {
        while (_hasBar)
        {
            earliest = Math.Max(earliest, _bar.OpenTime);
            var time = atOnce ? earliest : NextOnGrid(earliest);
            if (time < _barEnd)
            {
                NextTime = time;
                return;
            }

            LeaveBar();
        }

        Closes = _reader.Closes(_end);
        NextTime = Closes ? Math.Max(earliest, closeDelay.After(_end)) : long.MaxValue;
    }

    private long NextOnGrid(long time) => _openTime + ((time - _openTime + updateInterval - 1) / updateInterval * updateInterval);

    private void LeaveBar()
    {
        if (_hasPast)
        {
            _past.Append(_bar);
        }
        else
        {
            _past = _bar;
            _hasPast = true;
        }

        _hasBar = source.TryFindFrom(_barEnd, out _bar) && _bar.OpenTime < _end;
        _barEnd = _hasBar ? _reader.BarEnd(_bar) : 0;
    }
}
