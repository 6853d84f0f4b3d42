using System.Net;
using System.Text;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>Texts as Telegram takes them: HTML with a few tags, at most 4096 UTF-16 units once the tags are parsed.</summary>
internal static class TelegramText
{
    /// <summary>The longest message, in UTF-16 units. Tags and entities don't count there; here they do, which is on the safe side.</summary>
    public const int MaxLength = 4096;

    private const string Ellipsis = "…";

    /// <summary>Makes a text harmless in HTML.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A text from outside on one line, cut where it is longer than <paramref name="maxLength"/>.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var line = string.Create(text.Length, text, static (line, text) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' ? ' ' : text[i];
            }
        });
        return CutForTelegram(line.Trim(), maxLength);
    }

    /// <summary>What a message says without its formatting: for Telegram when it can't parse the HTML.</summary>
    public static string ToPlainText(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var rest = html.AsSpan(); rest.Length > 0;)
        {
            var start = rest.IndexOf('<');
            var length = start < 0 ? -1 : rest[start..].IndexOf('>');
            if (length < 0)
            {
                text.Append(rest);
                break;
            }

            text.Append(rest[..start]);
            rest = rest[(start + length + 1)..];
        }

        return WebUtility.HtmlDecode(text.ToString());
    }

    /// <summary>A plain text of at most <paramref name="maxLength"/> UTF-16 units, an ellipsis where it was cut, no surrogate pair torn.</summary>
    public static string CutForTelegram(string text, int maxLength = MaxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = maxLength - Ellipsis.Length;
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end] + Ellipsis;
    }
}
