using ExtGap.Core.Market;
using ExtGap.Core.Statistics;

namespace ExtGap.Core.Trading;

/// <summary>Why a position was closed.</summary>
public enum CloseReason
{
    /// <summary>A gap of the other polarity.</summary>
    Reverse,

    /// <summary>It had lasted as long as a position may.</summary>
    Expiry,
}

/// <summary>How a trade ended, by its unrounded profit after fees.</summary>
public enum TradeResult
{
    /// <summary>Above zero.</summary>
    Win,

    /// <summary>Below zero.</summary>
    Loss,

    /// <summary>Exactly zero.</summary>
    Breakeven,
}

/// <summary>A position from its entry to its exit.</summary>
public sealed record Trade
{
    /// <summary>1 for the first trade of the ledger or backtest, and one more for each after it.</summary>
    public required int Number { get; init; }

    /// <summary>The position that was closed.</summary>
    public required Position Position { get; init; }

    /// <summary>When it was closed: a candle's open time on a reversal, a candle's close time on an expiry.</summary>
    public required Instant ExitTime { get; init; }

    /// <summary>The price at which it was closed.</summary>
    public required Price ExitPrice { get; init; }

    /// <summary>Why it was closed.</summary>
    public required CloseReason Reason { get; init; }

    /// <summary>What all trades up to and including this one come to.</summary>
    public required TradeStatistics Cumulative { get; init; }

    /// <summary>Profit or loss before fees, in the quote asset.</summary>
    public decimal GrossProfit => Position.GrossProfitAt(ExitPrice);

    /// <summary>Profit or loss after both fees, in the quote asset.</summary>
    public decimal RealizedProfit => GrossProfit - Position.Fees;

    /// <summary>How it ended.</summary>
    public TradeResult Result => ResultOf(RealizedProfit);

    /// <summary>How a trade of this profit after fees ended.</summary>
    public static TradeResult ResultOf(decimal realizedProfit) => realizedProfit switch
    {
        > 0 => TradeResult.Win,
        < 0 => TradeResult.Loss,
        _ => TradeResult.Breakeven,
    };
}
