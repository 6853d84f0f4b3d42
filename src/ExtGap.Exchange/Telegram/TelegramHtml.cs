using System.Globalization;
using System.Text;

namespace ExtGap.Exchange.Telegram;

/// <summary>
/// Reads the HTML of a message as Telegram does, with its own words for what it can't read
/// (<c>parse_html</c> of https://github.com/tdlib/td, MessageEntity.cpp). Only the text is kept: what it looks like is of no concern here.
/// </summary>
internal static class TelegramHtml
{
    private static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "span", "pre", "code", "blockquote",
    };

    /// <summary>Reads a text.</summary>
    /// <returns>The text as people see it.</returns>
    /// <exception cref="FormatException">It can't be read; the message is Telegram's.</exception>
    public static string Parse(string html)
    {
        var text = new StringBuilder(html.Length);
        var open = new Stack<string>();
        var at = 0;
        while (at < html.Length)
        {
            if (html[at] is '&' && TryDecode(html, ref at) is { } character)
            {
                text.Append(character);
            }
            else if (html[at] is '<')
            {
                at = at + 1 < html.Length && html[at + 1] is '/' ? End(html, at, open) : Start(html, at, open);
            }
            else
            {
                text.Append(html[at++]);
            }
        }

        return open.TryPop(out var tag) ? throw new FormatException($"Can't find end tag corresponding to start tag \"{tag}\"") : text.ToString();
    }

    private static int Start(string html, int begin, Stack<string> open)
    {
        var end = begin + 1;
        while (end < html.Length && html[end] is not '>' && !char.IsWhiteSpace(html[end]))
        {
            end++;
        }

        if (end == html.Length)
        {
            throw Fault("Unclosed start tag", html, begin);
        }

        var tag = html[(begin + 1)..end].ToLowerInvariant();
        if (!Tags.Contains(tag))
        {
            throw Fault($"Unsupported start tag \"{tag}\"", html, begin);
        }

        // An attribute's value may contain anything but its own quote.
        var quote = '\0';
        for (; end < html.Length && (quote != '\0' || html[end] is not '>'); end++)
        {
            quote = quote != '\0' ? html[end] == quote ? '\0' : quote : html[end] is '"' or '\'' ? html[end] : '\0';
        }

        if (end == html.Length)
        {
            throw Fault("Unclosed start tag", html, begin);
        }

        open.Push(tag);
        return end + 1;
    }

    private static int End(string html, int begin, Stack<string> open)
    {
        if (!open.TryPop(out var expected))
        {
            throw Fault("Unexpected end tag", html, begin);
        }

        var end = html.IndexOf('>', begin);
        if (end < 0)
        {
            throw Fault("Unclosed end tag", html, begin);
        }

        var tag = html[(begin + 2)..end].Trim().ToLowerInvariant();
        return tag.Length == 0 || string.Equals(tag, expected, StringComparison.Ordinal)
            ? end + 1
            : throw new FormatException($"Unmatched end tag at byte offset {Offset(html, begin)}, expected \"</{expected}>\", found \"</{tag}>\"");
    }

    private static string? TryDecode(string html, ref int at)
    {
        var end = html.IndexOf(';', at);
        if (end < 0 || end - at > 10)
        {
            return null;
        }

        var name = html[(at + 1)..end];
        var decoded = name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            ['#', 'x', .. var hex] => Character(hex, NumberStyles.AllowHexSpecifier),
            ['#', .. var number] => Character(number, NumberStyles.None),
            _ => null,
        };
        at = decoded is null ? at : end + 1;
        return decoded;
    }

    private static string? Character(string number, NumberStyles style) =>
        int.TryParse(number, style, CultureInfo.InvariantCulture, out var code) && code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : null;

    private static FormatException Fault(string what, string html, int at) => new($"{what} at byte offset {Offset(html, at)}");

    private static int Offset(string html, int at) => Encoding.UTF8.GetByteCount(html.AsSpan(0, at));
}
