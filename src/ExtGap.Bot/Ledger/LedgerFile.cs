using ExtGap.Core.Market;

namespace ExtGap.Bot.Ledger;

/// <summary>Where a ledger is.</summary>
internal static class LedgerFile
{
    /// <summary>The file's name in the data directory.</summary>
    public static string Name(Symbol symbol, Timeframe timeframe) => $"{symbol.LowerCase}_{timeframe.FileName}.db";
}
