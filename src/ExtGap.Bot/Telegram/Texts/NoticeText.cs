using System.Text;

namespace ExtGap.Bot.Telegram.Texts;

/// <summary>A text that somebody else has written, as plain text for Telegram.</summary>
internal static class NoticeText
{
    /// <summary>The text with the name of the deployment below it, where the bot's own messages have it; cut with an ellipsis where it is longer than a message may be.</summary>
    public static string Render(string text, string instance)
    {
        var footer = "\n" + TelegramText.OneLine(instance, 64);
        return TelegramText.CutForTelegram(Clean(text), TelegramText.MaxLength - footer.Length) + footer;
    }

    /// <summary>The text without what no message can have: control characters but for line ends and tabs, and white space around it.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings("\n"))
        {
            clean.Append(character is '\n' or '\t' || !char.IsControl(character) ? character : ' ');
        }

        return clean.ToString().Trim(' ', '\n', '\t', '\uFEFF');
    }
}
