using ExtGap.Bot.Configuration;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Backtesting;

/// <summary>What a backtest runs over, and where its results go.</summary>
internal sealed record BacktestOptions
{
    /// <summary>Kline files, CSV or zip, in any order.</summary>
    public required IReadOnlyList<string> Klines { get; init; }

    public required Symbol Symbol { get; init; }

    public required Timeframe Timeframe { get; init; }

    public required StrategyOptions Strategy { get; init; }

    /// <summary>Folder for the two CSV files.</summary>
    public required string Output { get; init; }
}
