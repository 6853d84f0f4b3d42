using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Statistics;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Telegram;

/// <summary>Contracts, gaps, positions and trades for messages.</summary>
internal static class Some
{
    public static MessageOrigin Bitcoin { get; } = Origin("BTCUSDT", "BTC", "0.10", "3m");

    public static MessageOrigin Dogecoin { get; } = Origin("DOGEUSDT", "DOGE", "0.00001", "15m");

    public static MessageOrigin Pepe { get; } = Origin("PEPEUSDC", "PEPE", "0.00000001", "1h", "USDC");

    public static MessageOrigin Origin(string symbol, string baseAsset, string tick, string timeframe, string quoteAsset = "USDT", string instance = "LOCAL") =>
        new(instance, new Instrument
        {
            Symbol = Symbol.Parse(symbol),
            Timeframe = Timeframe.Parse(timeframe),
            BaseAsset = baseAsset,
            QuoteAsset = quoteAsset,
            PriceDecimals = Instrument.DecimalsOf(Price.Parse(tick)),
        });

    /// <summary>A time such as <c>2025-11-11 18:51:59.999</c>.</summary>
    public static Instant Time(string text) =>
        Instant.From(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal));

    public static ExternalGap Gap(Polarity polarity, int sequence, string level, bool first = false, bool reversal = false) => new()
    {
        Polarity = polarity,
        Level = Price.Parse(level),
        OpeningBar = Time("2025-11-11 18:30"),
        DetectionBar = Time("2025-11-11 18:44:59.999"),
        SequenceNumber = sequence,
        IsFirst = first,
        IsReversal = reversal,
    };

    public static Position Position(Side side, string price, string time = "2025-11-11 15:30", decimal notional = 1000) => new()
    {
        Side = side,
        EntryTime = Time(time),
        EntryPrice = Price.Parse(price),
        Notional = notional,
        EntryFeeRate = 0.0003m,
        ExitFeeRate = 0.0003m,
    };

    /// <summary>A trade of that position, the last of the record.</summary>
    public static Trade Trade(Position position, string exit, string time = "2025-11-11 18:45", CloseReason reason = CloseReason.Reverse)
    {
        var price = Price.Parse(exit);
        var cumulative = Record().After(position.GrossProfitAt(price) - position.Fees, position.Fees, position.Notional);
        return new()
        {
            Number = cumulative.Count,
            Position = position,
            ExitTime = Time(time),
            ExitPrice = price,
            Reason = reason,
            Cumulative = cumulative,
        };
    }

    /// <summary>1,204 trades: 602 wins of 12.345, 601 losses of 7.5 and an even one.</summary>
    public static TradeStatistics Record()
    {
        var statistics = default(TradeStatistics).After(0, 0.6m, 1000);
        for (var i = 0; i < 602; i++)
        {
            statistics = statistics.After(12.345m, 0.6m, 1000);
        }

        for (var i = 0; i < 601; i++)
        {
            statistics = statistics.After(-7.5m, 0.6m, 1000);
        }

        return statistics;
    }
}
