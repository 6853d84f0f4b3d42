using System.Text.RegularExpressions;

namespace ExtGap.Bot.Telegram;

/// <summary>A bot's token. It has no text of its own, so that no log, exception or status can show it by accident.</summary>
internal sealed partial class TelegramToken
{
    // Shorter parts are in many a text by chance; BotFather's have 35 characters.
    private const int LeastSecret = 8;

    private readonly string _value;

    private TelegramToken(string value) => _value = value;

    /// <exception cref="FormatException">It is none; the message does not repeat it.</exception>
    public static TelegramToken Parse(string text) => Shape().IsMatch(text)
        ? new(text)
        : throw new FormatException("this is no token of a Telegram bot (its value is not shown): digits, a colon, then letters, digits, - or _ are needed, as BotFather gives it.");

    /// <summary>The secret itself, for the one call that needs it.</summary>
    public string Reveal() => _value;

    /// <summary>A text without the token, and without its secret part alone: the colon before that may be written in other ways.</summary>
    public string Redact(string text)
    {
        text = text.Replace(_value, "<token>", StringComparison.Ordinal);
        var secret = _value[(_value.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return secret.Length < LeastSecret ? text : text.Replace(secret, "<token>", StringComparison.Ordinal);
    }

    public override string ToString() => "<token>";

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]{1,128}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
