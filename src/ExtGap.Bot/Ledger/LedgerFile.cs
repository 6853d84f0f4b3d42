using ExtGap.Core.Market;

namespace ExtGap.Bot.Ledger;

/// <summary>Where a ledger is.</summary>
internal static class LedgerFile
{
    /// <summary>The path of a symbol's and timeframe's ledger in a data directory.</summary>
    public static string PathOf(string dataDirectory, Symbol symbol, Timeframe timeframe) =>
        Path.Combine(dataDirectory, $"{symbol.LowerCase}_{timeframe.FileName}.db");
}
