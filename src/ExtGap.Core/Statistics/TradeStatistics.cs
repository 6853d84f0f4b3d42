using ExtGap.Core.Trading;

namespace ExtGap.Core.Statistics;

/// <summary>What the closed trades come to, all money in the quote asset; the default value is "no trade yet".</summary>
public readonly record struct TradeStatistics
{
    /// <summary>Trades that gained.</summary>
    public int Wins { get; init; }

    /// <summary>Trades that lost.</summary>
    public int Losses { get; init; }

    /// <summary>Trades that came out at exactly zero.</summary>
    public int Breakevens { get; init; }

    /// <summary>What the wins gained after fees.</summary>
    public decimal WinSum { get; init; }

    /// <summary>What the losses lost after fees; 0 or negative.</summary>
    public decimal LossSum { get; init; }

    /// <summary>Fees of all trades, counted when they closed.</summary>
    public decimal Fees { get; init; }

    /// <summary>Notional of all entries of closed trades.</summary>
    public decimal Volume { get; init; }

    /// <summary>The highest that the cumulative profit has been, 0 at the start.</summary>
    public decimal PeakProfit { get; init; }

    /// <summary>The deepest fall of the cumulative profit below its peak before it; 0 or positive.</summary>
    public decimal MaxDrawdown { get; init; }

    /// <summary>Number of closed trades.</summary>
    public int Count => Wins + Losses + Breakevens;

    /// <summary>Cumulative profit after fees.</summary>
    public decimal Profit => WinSum + LossSum;

    /// <summary>Wins as a part of all trades, 0 to 1; none without a trade.</summary>
    public decimal? WinRate => Count == 0 ? null : (decimal)Wins / Count;

    /// <summary>Sum of the wins ÷ sum of the losses; none without a loss.</summary>
    public decimal? ProfitFactor => LossSum == 0 ? null : WinSum / -LossSum;

    /// <summary>Mean win; none without one.</summary>
    public decimal? MeanWin => Wins == 0 ? null : WinSum / Wins;

    /// <summary>Mean loss, negative; none without one.</summary>
    public decimal? MeanLoss => Losses == 0 ? null : LossSum / Losses;

    /// <summary>The statistics after one more trade.</summary>
    /// <param name="realizedProfit">Its profit after fees.</param>
    /// <param name="fees">Its fees of entry and exit.</param>
    /// <param name="notional">Its notional.</param>
    public TradeStatistics After(decimal realizedProfit, decimal fees, decimal notional)
    {
        var result = Trade.ResultOf(realizedProfit);
        var profit = Profit + realizedProfit;
        var peak = Math.Max(PeakProfit, profit);
        return this with
        {
            Wins = Wins + (result == TradeResult.Win ? 1 : 0),
            Losses = Losses + (result == TradeResult.Loss ? 1 : 0),
            Breakevens = Breakevens + (result == TradeResult.Breakeven ? 1 : 0),
            WinSum = WinSum + Math.Max(realizedProfit, 0),
            LossSum = LossSum + Math.Min(realizedProfit, 0),
            Fees = Fees + fees,
            Volume = Volume + notional,
            PeakProfit = peak,
            MaxDrawdown = Math.Max(MaxDrawdown, peak - profit),
        };
    }
}
