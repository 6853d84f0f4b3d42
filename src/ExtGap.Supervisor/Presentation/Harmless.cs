using System.Globalization;
using System.Text;

namespace ExtGap.Supervisor.Presentation;

/// <summary>
/// Text that programs wrote, made fit for a terminal: what would move its cursor, set its title or turn its lines around is shown
/// instead of done.
/// </summary>
internal static class Harmless
{
    private const char Escape = '\e';

    /// <summary>One line: colours are dropped, a tab becomes a blank, any other control character its code (<c>\x07</c>).</summary>
    public static string Line(string text)
    {
        if (!NeedsWork(text))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == Escape && ColourLength(text.AsSpan(i)) is > 0 and var length)
            {
                i += length - 1;
            }
            else if (c == '\t')
            {
                line.Append(' ');
            }
            else if (IsHarmful(c))
            {
                line.Append(c <= 0xff ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}") : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"));
            }
            else
            {
                line.Append(c);
            }
        }

        return line.ToString();
    }

    /// <summary>Each line of a text.</summary>
    public static IEnumerable<string> Lines(string text) => text.TrimEnd('\n', '\r').Split('\n').Select(line => Line(line.TrimEnd('\r')));

    private static bool NeedsWork(string text)
    {
        foreach (var c in text)
        {
            if (IsHarmful(c))
            {
                return true;
            }
        }

        return false;
    }

    // Control characters of both sets, line separators, and the marks that turn the direction of what follows.
    private static bool IsHarmful(char c) => char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // ESC [ digits and semicolons m: loggers that think they have a terminal write it around each level.
    private static int ColourLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[1] != '[')
        {
            return 0;
        }

        var end = 2;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is ';' or ':'))
        {
            end++;
        }

        return end < text.Length && text[end] == 'm' ? end + 1 : 0;
    }
}
