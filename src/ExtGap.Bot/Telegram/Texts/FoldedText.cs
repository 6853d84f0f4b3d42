namespace ExtGap.Bot.Telegram.Texts;

/// <summary>Many events in one message, a line each. The lines have no tags: Telegram formats at most 100 parts of a message.</summary>
internal static class FoldedText
{
    // What title, legend and footer take at most, with the longest names and all of them escaped.
    private const int FrameLength = 700;

    private const int MaxLineLength = 300;

    /// <summary>The lines in as many messages as they need.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Split(IReadOnlyList<string> lines)
    {
        List<IReadOnlyList<string>> parts = [];
        List<string> part = [];
        var room = TelegramText.MaxLength - FrameLength;
        foreach (var given in lines)
        {
            var line = TelegramText.OneLine(given, MaxLineLength);
            var length = TelegramText.Escape(line).Length + 1;
            if (length > room && part.Count > 0)
            {
                parts.Add(part);
                part = [];
                room = TelegramText.MaxLength - FrameLength;
            }

            part.Add(line);
            room -= length;
        }

        if (part.Count > 0)
        {
            parts.Add(part);
        }

        return parts;
    }

    public static string Render(MessageWriter to, string title, IReadOnlyList<string> lines)
    {
        to.Title(Marks.Folded, title);
        var caughtUp = lines.Any(line => line.StartsWith(Marks.CaughtUp, StringComparison.Ordinal));
        to.Line(to.Words.TimesInUtc, caughtUp ? $"{Marks.CaughtUp} {to.Words.CaughtUpLegend}" : null);
        foreach (var line in lines)
        {
            to.Line(line);
        }

        return to.End(time: null);
    }
}
