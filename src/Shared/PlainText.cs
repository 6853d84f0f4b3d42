using System.Globalization;
using System.Text;

namespace ExtGap.Shared;

/// <summary>Text of unknown origin as one line that does nothing to a terminal and can't pass for another line.</summary>
internal static class PlainText
{
    private const char Ellipsis = '…';

    /// <summary>The same, cut.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">How many characters of it count; what is written for one of them may have more than one.</param>
    public static string Of(string text, int length) => text.Length <= length ? Of(text) : Of(text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)]) + Ellipsis;

    /// <summary>Characters that steer instead of showing are written as <c>\n</c>, <c>\x1b</c> or <c>\u202e</c>; a tab is a space.</summary>
    public static string Of(string text)
    {
        foreach (var character in text)
        {
            if (Steers(character))
            {
                return Escape(text);
            }
        }

        return text;
    }

    private static string Escape(string text)
    {
        var plain = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\t' => plain.Append(' '),
                '\n' => plain.Append("\\n"),
                '\r' => plain.Append("\\r"),
                _ when !Steers(character) => plain.Append(character),
                <= '\u00ff' => plain.Append("\\x").Append(((int)character).ToString("x2", CultureInfo.InvariantCulture)),
                _ => plain.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        return plain.ToString();
    }

    // Formats are the marks that turn the direction of writing, and what has no width.
    private static bool Steers(char character) => !char.IsBetween(character, ' ', '~')
        && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
