using System.Globalization;
using ExtGap.Bot.Ledger;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Hosting;

/// <summary>One thing that a healthy bot has.</summary>
/// <param name="Name">What is looked at: <c>bot</c>, <c>status</c>, <c>feed</c>, <c>candles</c>.</param>
/// <param name="Healthy">Whether it is well; none where it can't be told because an earlier check failed.</param>
/// <param name="Text">What is so, or what is wrong and what to do.</param>
internal sealed record HealthFinding(string Name, bool? Healthy, string Text);

/// <summary>Looks at a bot from outside: its lock, and what it last wrote of itself.</summary>
/// <param name="dataDirectory">The bot's folder.</param>
/// <param name="symbols">All of the bot's contracts, in its order.</param>
/// <param name="timeframe">Its timeframe.</param>
internal sealed class HealthCheck(string dataDirectory, IReadOnlyList<Symbol> symbols, Timeframe timeframe)
{
    /// <summary>The bot writes its status every 5 s.</summary>
    public static readonly TimeSpan OldestStatus = TimeSpan.FromSeconds(20);

    /// <summary>How long the feed may be silent: a reconnection takes less.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>How long after its end a candle may come: its close by REST is asked for after 5 s.</summary>
    public static readonly TimeSpan CandleGrace = TimeSpan.FromSeconds(60);

    private const string Skipped = "can't be told without the bot's status";

    /// <summary>All checks, in the order in which they are told.</summary>
    /// <param name="status">What the bot last wrote of itself, if that can be read.</param>
    /// <param name="monotonicMilliseconds">The machine's monotonic clock; see <see cref="MonotonicClock"/>.</param>
    public IReadOnlyList<HealthFinding> Run(BotStatus? status, long monotonicMilliseconds)
    {
        var bot = CheckBot();
        var age = status is null ? default : TimeSpan.FromMilliseconds(monotonicMilliseconds - status.MonotonicMilliseconds);
        var current = CheckStatus(status, age);
        return current.Healthy == true
            ? [bot, current, CheckFeed(status!, age), CheckCandles(status!, age)]
            : [bot, current, new("feed", null, Skipped), new("candles", null, Skipped)];
    }

    private HealthFinding CheckBot()
    {
        foreach (var symbol in symbols)
        {
            var ledger = LedgerFile.PathOf(dataDirectory, symbol, timeframe);
            try
            {
                if (!LedgerLock.IsHeld(ledger))
                {
                    return new("bot", Healthy: false, $"no bot runs on the ledger {Path.GetFullPath(ledger)}: start it, or name the running one's --symbol, --timeframe and --data-directory");
                }
            }
            catch (UnauthorizedAccessException e)
            {
                return new("bot", Healthy: false, $"whether a bot runs can't be told: {e.Message} Run this as the bot's user");
            }
        }

        return new("bot", Healthy: true, LedgerLock.ReadPid(LedgerFile.PathOf(dataDirectory, symbols[0], timeframe)) is { } pid ? string.Create(CultureInfo.InvariantCulture, $"runs as process {pid}") : "runs");
    }

    private HealthFinding CheckStatus(BotStatus? status, TimeSpan age)
    {
        var path = Path.GetFullPath(StatusFile.PathOf(dataDirectory, symbols[0], timeframe));
        if (status is null)
        {
            return new("status", Healthy: false, $"there is no status in {path}: the bot has just started, its folder is full, or it has several symbols; then name all of them in the bot's order");
        }

        var holder = LedgerLock.ReadPid(LedgerFile.PathOf(dataDirectory, symbols[0], timeframe));
        if (holder is { } pid && pid != status.Pid)
        {
            return new("status", Healthy: false, string.Create(CultureInfo.InvariantCulture, $"{path} is from process {status.Pid}, not from {pid}, which holds the ledger: it has just started, or can't write the file"));
        }

        if (symbols.FirstOrDefault(symbol => status.Symbols.Count < BotStatus.MaxSymbols && !status.Symbols.Any(told => told.Symbol == symbol.ToString())) is var missing && missing != default)
        {
            return new("status", Healthy: false, $"the bot that writes {path} does not watch {missing}: name its own symbols");
        }

        // A negative age is from before the machine was last started.
        return age < TimeSpan.Zero || age > OldestStatus
            ? new("status", Healthy: false, $"{path} was last written {(age < TimeSpan.Zero ? "before this machine was started" : Seconds(age) + " ago")}, not within {Seconds(OldestStatus)}: the bot hangs or its folder can't be written; see its log, and restart it")
            : new("status", Healthy: true, $"written {Seconds(age)} ago");
    }

    private static HealthFinding CheckFeed(BotStatus status, TimeSpan age)
    {
        if (status.Feed.SecondsSinceLastFrame is not { } silence)
        {
            return new("feed", Healthy: false, $"{status.Feed.State}: no data yet since the bot's start; see its log for what it says of the exchange");
        }

        var since = TimeSpan.FromSeconds(silence) + age;
        return since > LongestSilence
            ? new("feed", Healthy: false, $"{status.Feed.State}: no data for {Seconds(since)}, allowed are {Seconds(LongestSilence)}; see the bot's log for 'Reconnecting', and whether the exchange can be reached from here")
            : new("feed", Healthy: true, $"{status.Feed.State}: data {Seconds(since)} ago");
    }

    private static HealthFinding CheckCandles(BotStatus status, TimeSpan age)
    {
        var now = status.ExchangeTime + age;
        foreach (var symbol in status.Symbols)
        {
            if (now is { } time && symbol.NextCandleDue is { } due && time > due + CandleGrace)
            {
                return new("candles", Healthy: false, $"{symbol.Symbol} {symbol.Timeframe}: the candle that ended at {due:yyyy-MM-dd HH:mm} UTC is {Seconds(time - due)} late, allowed are {Seconds(CandleGrace)}; see the bot's log for what it says of the exchange");
            }
        }

        var last = status.Symbols.Min(symbol => symbol.LastCandle);
        return new("candles", Healthy: true, last is { } close ? $"none is late, the last one closed at {close.AddMilliseconds(1):yyyy-MM-dd HH:mm} UTC" : "none was due yet");
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalSeconds)} s");
}
