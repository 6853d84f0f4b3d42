using ExtGap.Bot.Configuration;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Hosting;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Telegram.Texts;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Tests.Support;

/// <summary>Bots in this process.</summary>
internal static class Bots
{
    public static BotPipeline Of(BotOptions options, IKlineFeed feed, TimeProvider time, ILogger log, ITelegramSender? sender = null) =>
        new(options, feed, sender, new NoMonitor(), time, log);

    /// <summary>Why a test stops a bot.</summary>
    public static (StopReason Reason, string Detail) Why() => (StopReason.Requested, "SIGTERM");

    private sealed class NoMonitor : IBotMonitor
    {
        public void Show(BotState state)
        {
        }
    }
}
