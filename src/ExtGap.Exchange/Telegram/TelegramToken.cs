using System.Globalization;

namespace ExtGap.Exchange.Telegram;

/// <summary>A bot's token: its number, a colon and a secret, which is looked at and never kept.</summary>
internal static class TelegramToken
{
    /// <summary>Whether a text has the form of a token; any that has is taken.</summary>
    public static bool TryReadBotId(string token, out long botId)
    {
        botId = 0;
        return token.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            && long.TryParse(token.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out botId)
            && colon + 1 < token.Length
            && token.Skip(colon + 1).All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
    }
}
