using System.Text;
using ExtGap.Bot.Configuration;
using ExtGap.Bot.Inspection;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Strategy;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Inspection;

/// <summary>Ledgers of TESTUSDT 1m, and what the verbs show of them.</summary>
internal static class SomeLedger
{
    public const string FileName = "testusdt_1m.db";

    public static readonly Symbol Symbol = Symbol.Parse("TESTUSDT");

    /// <summary>Writes the ledger that a bot has after that many candles.</summary>
    public static void Write(TempFolder folder, int candles)
    {
        using var strategy = Open(folder);
        Play(strategy, candles);
    }

    /// <summary>The strategy of a bot, with its ledger open.</summary>
    public static SymbolStrategy Open(TempFolder folder)
    {
        var strategy = SymbolStrategy.Open(Symbol, Options.For(folder), TimeProvider.System, new TestLog());
        strategy.Start(new(new(Symbol, "TEST", "USDT", Price.Parse("0.01")), Minutes.At(0), IsContinued: false), Minutes.At(0));
        return strategy;
    }

    /// <summary>Gives it the first candles, as far as it does not have them.</summary>
    public static void Play(SymbolStrategy strategy, int candles)
    {
        foreach (var update in Script.Updates(Script.Candles("walk-1m", candles)))
        {
            strategy.Apply(update, _ => new(new(), TimeSpan.Zero));
        }

        strategy.Commit();
        strategy.Publish();
    }

    public static LedgerReader Read(TempFolder folder) => LedgerReader.Open(folder.Root, Symbol, Minutes.Timeframe);

    /// <summary>What a verb shows.</summary>
    public static string Show(TempFolder folder, Action<LedgerReader, LedgerQuery, Stream> verb, string? since = null, int? last = null, bool json = false)
    {
        using var output = new MemoryStream();
        using var ledger = Read(folder);
        var query = new LedgerQuery { Since = since is null ? null : StartingPoint.Parse(since), Last = last, Json = json };
        ledger.Read(opened =>
        {
            verb(opened, query, output);
            return 0;
        });
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
