using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>What the feed logs; event ids 100 to 199.</summary>
internal static partial class FeedLog
{
    [LoggerMessage(100, LogLevel.Information, "Connected: {Count} stream(s) on {Url}")]
    public static partial void Connected(this ILogger log, int count, string url);

    [LoggerMessage(101, LogLevel.Warning, "Reconnecting in {Seconds:F1} s: {Why}")]
    public static partial void Reconnecting(this ILogger log, double seconds, string why);

    [LoggerMessage(102, LogLevel.Warning, "Dropped {Count} bad frame(s), the last one with {Fault}: {Frame}")]
    public static partial void BadFrames(this ILogger log, long count, string fault, string frame);

    [LoggerMessage(103, LogLevel.Warning, "{Symbol}: the exchange has no candle of {Timeframe} from {From} up to {To}; going on after it")]
    public static partial void Hole(this ILogger log, Symbol symbol, Timeframe timeframe, Instant from, Instant to);

    [LoggerMessage(104, LogLevel.Warning, "{Symbol}: klines can't be fetched: {Why}")]
    public static partial void FetchFailed(this ILogger log, Symbol symbol, string why);

    [LoggerMessage(105, LogLevel.Warning, "The exchange does not answer yet, next try in {Seconds:F1} s: {Why}")]
    public static partial void Waiting(this ILogger log, double seconds, string why);

    [LoggerMessage(106, LogLevel.Debug, "{Symbol}: fetched {Count} candle(s) from {From}")]
    public static partial void Fetched(this ILogger log, Symbol symbol, int count, Instant from);

    [LoggerMessage(107, LogLevel.Warning, "The connection, 23 h old, can't be renewed yet, next try in {Seconds:F1} s: {Why}")]
    public static partial void RenewalFailed(this ILogger log, double seconds, string why);
}
