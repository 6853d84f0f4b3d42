namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>Credentials that no Telegram knows, for its stand-in on the exchange.</summary>
public static class Telegram
{
    public const string Token = "4242:a-token-that-must-appear-nowhere";

    /// <summary>The part of it that is the secret.</summary>
    public static string Secret => Token[(Token.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static IReadOnlyDictionary<string, string> Environment(string chats = "1001") => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TELEGRAM_BOT_TOKEN"] = Token,
        ["TELEGRAM_CHAT_IDS"] = chats,
    };
}
