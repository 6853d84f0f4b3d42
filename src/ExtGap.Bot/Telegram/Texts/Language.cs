namespace ExtGap.Bot.Telegram.Texts;

/// <summary>The language in which a bot speaks to its chats.</summary>
internal enum Language
{
    English,
    French,
}
