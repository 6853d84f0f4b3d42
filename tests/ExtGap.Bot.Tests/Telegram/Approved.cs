using ExtGap.Bot.Telegram.Texts;
using ExtGap.Tests;

namespace ExtGap.Bot.Tests.Telegram;

/// <summary>
/// Texts that somebody has read and found good, in the folder approved. After a wanted change of a text, EXTGAP_APPROVE=1 writes them
/// anew; the difference is for the reviewer to read.
/// </summary>
internal static class Approved
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "ExtGap.Bot.Tests", "Telegram", "approved");

    /// <summary>Holds a message against its approved texts in all languages.</summary>
    public static void Verify(BotMessage message, string name) => Verify(texts => texts.Render(message), name);

    public static void Verify(Func<MessageTexts, string> render, string name)
    {
        Verify(render(MessageTexts.For(Language.English)), $"{name}.en");
        var french = render(MessageTexts.For(Language.French));
        Assert.DoesNotContain(french.Zip(french.Skip(1)), pair => pair.First == ' ' && ":;!?%".Contains(pair.Second, StringComparison.Ordinal));
        Verify(french, $"{name}.fr");
    }

    /// <summary>Holds a text against the approved one of that name.</summary>
    public static void Verify(string text, string name)
    {
        Assert.InRange(text.Length, 1, TelegramText.MaxLength);
        var path = Path.Combine(Folder, $"{name}.txt");
        if (Environment.GetEnvironmentVariable("EXTGAP_APPROVE") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, text + "\n");
        }

        Assert.True(File.Exists(path), $"{path} is missing: read the text, then run with EXTGAP_APPROVE=1. The text:\n{text}");
        Assert.Equal(File.ReadAllText(path), text + "\n");
    }
}
