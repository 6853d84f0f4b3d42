using System.Text.RegularExpressions;

namespace ExtGap.Bot.Telegram;

/// <summary>A bot's token. It has no text of its own, so that no log, exception or status can show it by accident.</summary>
internal sealed partial class TelegramToken
{
    private readonly string _value;

    private TelegramToken(string value) => _value = value;

    /// <exception cref="FormatException">It is none; the message does not repeat it.</exception>
    public static TelegramToken Parse(string text) => Shape().IsMatch(text)
        ? new(text)
        : throw new FormatException("this is no token of a Telegram bot (its value is not shown): digits, a colon, then letters, digits, - or _ are needed, as BotFather gives it.");

    /// <summary>The secret itself, for the one call that needs it.</summary>
    public string Reveal() => _value;

    /// <summary>A text without the token.</summary>
    public string Redact(string text) => text.Replace(_value, "<token>", StringComparison.Ordinal);

    public override string ToString() => "<token>";

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]{1,128}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
