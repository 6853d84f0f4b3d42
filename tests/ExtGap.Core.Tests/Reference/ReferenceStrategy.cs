using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Core.Tests.Reference;

/// <summary>A trade with everything that is told of it, in plain decimals.</summary>
internal sealed record PlainTrade(
    string Status, string Side, Instant EntryTime, Instant ExitTime, decimal EntryPrice, decimal ExitPrice, decimal Notional, decimal Quantity,
    decimal Gross, decimal Realized, decimal Fees, string Reason, int Wins, int Losses, decimal Profit, decimal CumulativeFees)
{
    public static PlainTrade Of(Trade trade) => new(
        trade.Result.ToString(),
        trade.Position.Side.ToString(),
        trade.Position.EntryTime,
        trade.ExitTime,
        trade.Position.EntryPrice.ToDecimal(),
        trade.ExitPrice.ToDecimal(),
        trade.Position.Notional,
        trade.Position.Quantity,
        trade.GrossProfit,
        trade.RealizedProfit,
        trade.Position.Fees,
        trade.Reason.ToString(),
        trade.Cumulative.Wins,
        trade.Cumulative.Losses,
        // Sums of quotients differ in the 28th digit by the order in which they are summed.
        Math.Round(trade.Cumulative.Profit, 15),
        trade.Cumulative.Fees);
}

/// <summary>The specification's gaps and trades over closed candles, all at once.</summary>
internal sealed class ReferenceStrategy
{
    private readonly TradingOptions _options;
    private string? _side;
    private string? _pending;
    private decimal _entryPrice;
    private Instant _entryTime;
    private decimal _profit;

    public ReferenceStrategy(GapAlgorithm algorithm, IEnumerable<Candle> candles, TradingOptions options)
    {
        _options = options;
        var detector = ReferenceDetector.Create(algorithm);
        foreach (var candle in candles)
        {
            Trade(candle);
            if (detector.Next(candle) is { } found)
            {
                Detected(found, candle);
            }
        }
    }

    public List<ExternalGap> Gaps { get; } = [];

    public List<PlainTrade> Trades { get; } = [];

    private void Trade(Candle candle)
    {
        if (_pending is not null)
        {
            Close(candle.OpenTime, candle.Open, "Reverse");
            (_side, _pending, _entryPrice, _entryTime) = (_pending, null, candle.Open.ToDecimal(), candle.OpenTime);
        }

        var hold = (long)_options.MaxHold.TotalMilliseconds;
        if (hold > 0 && candle.CloseTime.UnixMilliseconds + 1 - _entryTime.UnixMilliseconds >= hold)
        {
            Close(candle.CloseTime, candle.Close, "Expiry");
        }
    }

    private void Detected(PriceBreak found, Candle candle)
    {
        var last = Gaps.LastOrDefault();
        var reversal = last is not null && last.Polarity != found.Polarity;
        Gaps.Add(new ExternalGap
        {
            Polarity = found.Polarity,
            Level = found.Level,
            OpeningBar = found.OpeningBar,
            DetectionBar = candle.CloseTime,
            SequenceNumber = last is null || reversal ? 1 : last.SequenceNumber + 1,
            IsFirst = last is null,
            IsReversal = reversal,
        });
        if (reversal)
        {
            _pending = found.Polarity == Polarity.Bullish ? "Long" : "Short";
        }
    }

    private void Close(Instant time, Price price, string reason)
    {
        if (_side is null)
        {
            return;
        }

        var exit = price.ToDecimal();
        var gross = _options.Notional * (_side is "Long" ? exit - _entryPrice : _entryPrice - exit) / _entryPrice;
        var fees = (_options.Notional * _options.EntryFeeRate) + (_options.Notional * _options.ExitFeeRate);
        var realized = gross - fees;
        _profit += realized;
        var before = Trades.LastOrDefault();
        Trades.Add(new(
            realized > 0 ? "Win" : realized < 0 ? "Loss" : "Breakeven",
            _side, _entryTime, time, _entryPrice, exit, _options.Notional, _options.Notional / _entryPrice, gross, realized, fees, reason,
            (before?.Wins ?? 0) + (realized > 0 ? 1 : 0),
            (before?.Losses ?? 0) + (realized < 0 ? 1 : 0),
            Math.Round(_profit, 15),
            (before?.CumulativeFees ?? 0) + fees));
        _side = null;
    }
}
