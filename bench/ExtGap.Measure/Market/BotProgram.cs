using ExtGap.Measure.Processes;

namespace ExtGap.Measure.Market;

/// <summary>A bot that can be started: ExtGap's, or one that takes the same options.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Executable">What is started.</param>
/// <param name="First">Its first arguments.</param>
/// <param name="Pace">How much less it gets to do than ExtGap's, that a round doesn't take all day: 1 for the same.</param>
internal sealed record BotProgram(string Name, string Executable, IReadOnlyList<string> First, int Pace)
{
    /// <summary>The words of a log line that tells of a gap, up to and with its detection bar's close time.</summary>
    public static string GapAt(Bar bar) => $" to {new Core.Market.Instant(bar.CloseTime)}";

    /// <summary>Those that there are, ExtGap's first.</summary>
    public static IReadOnlyList<BotProgram> All(Options options)
    {
        var all = new List<BotProgram> { new("ExtGap", options.Bot, [], 1) };
        if (options is { Python: { } python, PythonBot: { } bot })
        {
            all.Add(new("Python", python, ["-W", "ignore", bot], 20));
        }

        return all;
    }

    /// <summary>Starts it with a chat to write to.</summary>
    /// <param name="authority">Host and port of exchange and Telegram.</param>
    /// <param name="directory">Its folder.</param>
    /// <param name="timeframe">Its timeframe.</param>
    /// <param name="symbols">Its symbols.</param>
    public Started Start(string authority, string directory, string timeframe, string symbols = "BTCUSDT")
    {
        string[] arguments =
        [
            "--symbol", symbols, "--timeframe", timeframe, "--max-hold", "0", "--stats-interval", "24h", "--data-directory", Path.Combine(directory, $"data-{timeframe}"),
            "--stream-url", $"ws://{authority}", "--api-url", $"http://{authority}", "--telegram-url", $"http://{authority}",
        ];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TELEGRAM_BOT_TOKEN"] = "123456:measured-on-loopback-only-000000000",
            ["TELEGRAM_CHAT_IDS"] = "5",
        };
        return Started.Run(Executable, [.. First, .. arguments], directory, environment);
    }
}
