using ExtGap.Core.Market;

namespace ExtGap.Bot.Hosting;

/// <summary>Where a bot writes its status: beside its ledger, or beside that of the first symbol where it has several.</summary>
internal static class StatusFile
{
    public static string PathOf(string dataDirectory, Symbol firstSymbol, Timeframe timeframe) =>
        Path.Combine(dataDirectory, $"{firstSymbol.LowerCase}_{timeframe.FileName}.status.json");
}
