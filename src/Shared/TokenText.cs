using System.Text.RegularExpressions;

namespace ExtGap.Shared;

/// <summary>Texts that repeat what somebody has given, without the tokens of Telegram bots that were given in the wrong place.</summary>
internal static partial class TokenText
{
    /// <summary>Of BotFather's tokens the part behind the colon has 35 characters; a time's or a port's never has so many.</summary>
    public const int LeastSecret = 16;

    /// <summary>The text with <c>&lt;token&gt;</c> in the place of whatever looks like one.</summary>
    public static string Hide(string text) => Token().Replace(text, "<token>");

    [GeneratedRegex("[0-9]{1,20}(:|%3A)[A-Za-z0-9_-]{16,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
