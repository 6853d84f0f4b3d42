namespace ExtGap.Bot.Telegram;

/// <summary>How a chat is shown: enough to tell it from others, too little to write to it.</summary>
internal static class ChatMask
{
    private const int Shown = 4;

    public static string Of(string chat) => chat.Length > Shown ? "…" + chat[^Shown..] : chat;
}
