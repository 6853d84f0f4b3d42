namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>Credentials that no Telegram knows, for its stand-in on the exchange.</summary>
public static class Telegram
{
    public const string Token = "4242:a-token-that-must-appear-nowhere";

    public static IReadOnlyDictionary<string, string> Environment(string chats = "1001") => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TELEGRAM_BOT_TOKEN"] = Token,
        ["TELEGRAM_CHAT_IDS"] = chats,
    };
}
