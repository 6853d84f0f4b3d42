using ExtGap.Bot.Configuration;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Projections;
using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot;

/// <summary><c>--fresh</c>: the old ledger and its CSV files are set aside, under names of their own.</summary>
internal static class FreshStart
{
    // What SQLite has beside a ledger that was not closed. It goes first: left behind, it would be taken for the new ledger's.
    private static readonly string[] LedgerParts = ["-wal", "-shm", ""];

    public static void SetAside(Symbol symbol, BotOptions options, TimeProvider time, ILogger log)
    {
        var name = $"{symbol} {options.Timeframe}";
        var ledger = LedgerFile.PathOf(options.DataDirectory, symbol, options.Timeframe);
        var kept = KeptFiles.NameFor(ledger, time);
        foreach (var part in LedgerParts.Where(part => File.Exists(ledger + part)))
        {
            File.Move(ledger + part, kept + part);
            log.KeptAside(name, kept + part);
        }

        foreach (var file in new[] { CsvFormat.GapFileName(symbol, options.Timeframe), CsvFormat.TradeFileName(symbol, options.Timeframe) })
        {
            var path = Path.Combine(options.DataDirectory, file);
            if (File.Exists(path))
            {
                var keptCsv = KeptFiles.NameFor(path, time);
                File.Move(path, keptCsv);
                log.KeptAside(name, keptCsv);
            }
        }
    }
}
