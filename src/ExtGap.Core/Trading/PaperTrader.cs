using ExtGap.Core.Engine;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;

namespace ExtGap.Core.Trading;

/// <summary>
/// Trades reversals on paper: a reversal makes a pending entry, the next candle's open executes it and closes what was open the other way.
/// </summary>
internal sealed class PaperTrader
{
    private readonly TradingOptions _options;
    private TraderState _state;
    private ProvisionalEntry? _provisional;

    public PaperTrader(TradingOptions options, TraderState state = default, ProvisionalEntry? provisional = null)
    {
        _options = options;
        _state = state;
        _provisional = provisional;
    }

    /// <summary>Where it stands.</summary>
    public TraderState State => _state;

    /// <summary>The entry that the closing candle has yet to confirm.</summary>
    public ProvisionalEntry? Provisional => _provisional;

    /// <summary>A candle opens; a pending entry executes at its open.</summary>
    public void Open(Instant openTime, Price open, IList<EngineEvent> events)
    {
        if (_state.PendingEntry is not null)
        {
            _provisional = new(openTime, open, _state);
            ExecutePendingEntry(openTime, open, events);
        }
    }

    /// <summary>
    /// A candle has closed. An entry that was executed at another open than the closed candle's is taken back and done again;
    /// a pending entry that saw no opening executes now.
    /// </summary>
    public void Close(in Candle candle, IList<EngineEvent> events)
    {
        if (_provisional is { } entry && (entry.OpenTime != candle.OpenTime || entry.Open != candle.Open))
        {
            Correct(entry.Before, candle, events);
        }

        _provisional = null;
        ExecutePendingEntry(candle.OpenTime, candle.Open, events);
        CloseExpired(candle, events);
    }

    /// <summary>A gap was found on the candle that has just closed.</summary>
    public void Signal(ExternalGap gap)
    {
        if (gap.IsReversal)
        {
            _state = _state with { PendingEntry = gap.Polarity == Polarity.Bullish ? Side.Long : Side.Short };
        }
    }

    private void Correct(TraderState before, in Candle candle, IList<EngineEvent> events)
    {
        var wrong = _state.Position ?? throw new InvalidOperationException("An executed entry has left no position.");
        _state = before;
        if (before.Position is { } position)
        {
            events.Add(new EngineEvent.TradeCorrected(CloseAt(position, candle.OpenTime, candle.Open, CloseReason.Reverse)));
        }

        // It is the same entry, so it keeps its notional and fee rates, whatever the options have become since.
        var right = wrong with { EntryTime = candle.OpenTime, EntryPrice = candle.Open };
        _state = _state with { PendingEntry = null, Position = right };
        events.Add(new EngineEvent.EntryCorrected(wrong, right));
    }

    private void ExecutePendingEntry(Instant time, Price price, IList<EngineEvent> events)
    {
        if (_state.PendingEntry is null)
        {
            return;
        }

        if (_state.Position is { } position)
        {
            events.Add(new EngineEvent.PositionClosed(CloseAt(position, time, price, CloseReason.Reverse)));
        }

        events.Add(new EngineEvent.EntryExecuted(Enter(time, price)));
    }

    private void CloseExpired(in Candle candle, IList<EngineEvent> events)
    {
        if (_options.MaxHold > TimeSpan.Zero && _state.Position is { } position && candle.End - position.EntryTime >= _options.MaxHold)
        {
            events.Add(new EngineEvent.PositionClosed(CloseAt(position, candle.CloseTime, candle.Close, CloseReason.Expiry)));
        }
    }

    private Position Enter(Instant time, Price price)
    {
        var position = new Position
        {
            Side = _state.PendingEntry ?? throw new InvalidOperationException("No entry is pending."),
            EntryTime = time,
            EntryPrice = price,
            Notional = _options.Notional,
            EntryFeeRate = _options.EntryFeeRate,
            ExitFeeRate = _options.ExitFeeRate,
        };
        _state = _state with { PendingEntry = null, Position = position };
        return position;
    }

    private Trade CloseAt(Position position, Instant time, Price price, CloseReason reason)
    {
        var statistics = _state.Statistics.After(position.GrossProfitAt(price) - position.Fees, position.Fees, position.Notional);
        _state = _state with { Position = null, Statistics = statistics };
        return new Trade
        {
            Number = statistics.Count,
            Position = position,
            ExitTime = time,
            ExitPrice = price,
            Reason = reason,
            Cumulative = statistics,
        };
    }
}
