using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Ledger;
using ExtGap.Bot.Strategy;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Strategy;

/// <summary>A strategy in a folder of its own, and the messages in its ledger.</summary>
internal sealed class ToldMessages : IDisposable
{
    private static readonly Symbol Symbol = Symbol.Parse("TESTUSDT");
    private static readonly BotHealth Healthy = new(new FeedHealth(), TimeSpan.FromMinutes(5));

    private readonly TempFolder _folder = new();

    public ToldMessages(bool telegram = true, TimeSpan? maxHold = null, TimeSpan? statsInterval = null) => Options = Support.Options.For(_folder) with
    {
        Strategy = new(Core.Gaps.GapAlgorithm.Group, new() { MaxHold = maxHold ?? TimeSpan.FromHours(24) }),
        StatsInterval = statsInterval ?? TimeSpan.FromHours(1),
        Telegram = telegram ? new TelegramCredentials(TelegramToken.Parse("1:a"), ["7"]) : null,
    };

    public BotOptions Options { get; }

    public TestLog Log { get; } = new();

    /// <summary>All messages in the ledger, oldest first.</summary>
    public List<string> All => Read("SELECT html FROM messages ORDER BY id");

    public string GapFile => _folder.Read("binance_extgap_testusdt_1m_gaps.csv");

    public List<string> Read(string sql)
    {
        using var connection = LedgerConnection.OpenToRead(LedgerFile.PathOf(_folder.Root, Symbol, Options.Timeframe));
        using var command = connection.Prepare(sql);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetValue(0).ToString()!);
        }

        return rows;
    }

    public SymbolStrategy Open() => SymbolStrategy.Open(Symbol, Options, TimeProvider.System, Log);

    public SymbolStrategy Start(Instant now, Instant? from = null)
    {
        var strategy = Open();
        strategy.Start(new(new(Symbol, "TEST", "USDT", Price.Parse("0.1")), from ?? now, IsContinued: false), now);
        return strategy;
    }

    public static void Apply(SymbolStrategy strategy, IEnumerable<CandleUpdate> updates)
    {
        foreach (var update in updates)
        {
            strategy.Apply(update, _ => Healthy);
        }
    }

    public static void Tick(SymbolStrategy strategy, Instant now) => strategy.Tick(now, _ => Healthy);

    public void Dispose() => _folder.Dispose();
}
