namespace ExtGap.Exchange.Telegram;

/// <summary>What Telegram itself looks at before it takes a message.</summary>
internal static class TelegramCheck
{
    private const int MostCharacters = 4096;

    /// <summary>Reads the chat.</summary>
    public static TelegramError? Chat(TelegramCall call, out TelegramChat? chat)
    {
        chat = null;
        return call["chat_id"].Length == 0 ? TelegramError.Bad("chat_id is empty")
            : TelegramChat.TryParse(call["chat_id"], out chat) ? null
            : TelegramError.ChatNotFound;
    }

    /// <summary>Reads the text as people will see it, of which at most 4096 UTF-16 units are possible.</summary>
    public static TelegramError? Text(TelegramCall call, out string text)
    {
        text = call["text"];
        switch (call["parse_mode"].ToUpperInvariant())
        {
            case "HTML":
                try
                {
                    text = TelegramHtml.Parse(text);
                }
                catch (FormatException e)
                {
                    return TelegramError.Bad($"can't parse entities: {e.Message}");
                }

                break;
            case "" or "MARKDOWN" or "MARKDOWNV2":
                // ExtGap sends no Markdown; its marks are left as they are.
                break;
            default:
                return TelegramError.Bad("unsupported parse_mode");
        }

        text = text.Trim();
        return text.Length == 0 ? TelegramError.Bad("message text is empty")
            : text.Length > MostCharacters ? TelegramError.Bad("message is too long")
            : null;
    }
}
