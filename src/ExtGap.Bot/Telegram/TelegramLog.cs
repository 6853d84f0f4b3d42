using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Telegram;

/// <summary>What the delivery logs; event ids 400 to 499.</summary>
internal static partial class TelegramLog
{
    [LoggerMessage(400, LogLevel.Information, "Notifications are off: there is no TELEGRAM_BOT_TOKEN with TELEGRAM_CHAT_IDS in the environment or the .env file")]
    public static partial void NotificationsOff(this ILogger log);

    [LoggerMessage(401, LogLevel.Warning, "{Variable} is not used: its other half (token or chat ids) is missing on the same level")]
    public static partial void CredentialsIncomplete(this ILogger log, string variable);

    [LoggerMessage(402, LogLevel.Error, "Telegram refuses the token, notifications are off until the next start ({Why}): check TELEGRAM_BOT_TOKEN")]
    public static partial void TokenRefused(this ILogger log, string why);

    [LoggerMessage(403, LogLevel.Error, "Chat {Chat} takes no messages ({Why}): it is tried again hourly and at each start, its messages are kept")]
    public static partial void ChatParked(this ILogger log, string chat, string why);

    [LoggerMessage(404, LogLevel.Warning, "Chat {Chat} has become {Moved}: put the new number into TELEGRAM_CHAT_IDS")]
    public static partial void ChatMoved(this ILogger log, string chat, string moved);

    [LoggerMessage(405, LogLevel.Information, "Chat {Chat}: Telegram asks to wait for {Seconds:F0} s")]
    public static partial void AskedToWait(this ILogger log, string chat, double seconds);

    [LoggerMessage(406, LogLevel.Warning, "Chat {Chat}: Telegram can't be reached, next try in {Seconds:F0} s: {Why}")]
    public static partial void SendFailed(this ILogger log, string chat, double seconds, string why);

    [LoggerMessage(407, LogLevel.Warning, "Chat {Chat}: a message is sent again as plain text: {Why}")]
    public static partial void SentAgainAsPlainText(this ILogger log, string chat, string why);

    [LoggerMessage(408, LogLevel.Error, "Chat {Chat}: a message can't be delivered in any form and is passed over: {Why}")]
    public static partial void MessageLost(this ILogger log, string chat, string why);
}
