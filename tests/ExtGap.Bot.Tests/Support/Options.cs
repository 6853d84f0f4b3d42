using ExtGap.Bot.Configuration;
using ExtGap.Bot.Telegram.Texts;
using ExtGap.Core.Gaps;
using ExtGap.Core.Market;
using ExtGap.Core.Trading;

namespace ExtGap.Bot.Tests.Support;

/// <summary>Options of a bot in a test's folder.</summary>
internal static class Options
{
    public static BotOptions For(TempFolder folder, string timeframe = "1m", GapAlgorithm algorithm = GapAlgorithm.Group, TradingOptions? trading = null, string symbols = "TESTUSDT") => new()
    {
        Symbols = [.. symbols.Split(',').Select(Symbol.Parse)],
        Timeframe = Timeframe.Parse(timeframe),
        Strategy = new(algorithm, trading ?? new()),
        DataDirectory = folder.Root,
        StreamUrl = new("ws://127.0.0.1:1"),
        StatsInterval = TimeSpan.FromHours(1),
        Language = Language.English,
        Instance = "LOCAL",
        TelegramUrl = new("http://127.0.0.1:1"),
        ApiUrl = new("http://127.0.0.1:1"),
    };
}
