using ExtGap.Supervisor.Alerts;
using ExtGap.Supervisor.Running;

namespace ExtGap.Supervisor.Status;

/// <summary>Whether a bot's feed is fresh, by what the bot says.</summary>
internal static class BotFeed
{
    /// <summary>The longest silence of an exchange's stream, and of a bot about itself, in seconds.</summary>
    public const double LongestSilence = 60;

    /// <summary>How late, in seconds, a candle may be processed: REST must have had the time to fill a hole. The bot's own verb allows the same.</summary>
    public const double CandleGrace = 60;

    /// <param name="word">What the bot last said.</param>
    /// <param name="started">When its process was there: a bot that never had data has had none since then.</param>
    /// <param name="now">On the clock of <see cref="BotWord.At"/>.</param>
    public static FeedFreshness FreshnessOf(BotWord? word, TimeSpan started, TimeSpan now)
    {
        if (BotReportReader.Read(word, now) is not { Feed: not null } report)
        {
            return FeedFreshness.Unknown;
        }

        var lastFrame = report.SecondsSinceLastFrame is { } silence ? now - TimeSpan.FromSeconds(silence) : started;
        if (now - lastFrame > TimeSpan.FromSeconds(LongestSilence))
        {
            return FeedFreshness.Stale(lastFrame);
        }

        return report.OverdueSeconds > CandleGrace ? FeedFreshness.Stale(now - TimeSpan.FromSeconds(report.OverdueSeconds.Value)) : FeedFreshness.Fresh;
    }
}
