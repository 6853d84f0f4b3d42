namespace ExtGap.Bot.Telegram;

/// <summary>Asks Telegram whether a token and a chat are good, and sends nothing to anybody.</summary>
internal interface ITelegramInquiry
{
    /// <summary>Asks whose the token is (<c>getMe</c>), once.</summary>
    /// <returns><see cref="SendResult.Sent"/> with the bot's name, such as <c>@extgap_bot</c>, or why there is none.</returns>
    Task<(SendResult Result, string? Name)> AskNameAsync(CancellationToken cancellationToken);

    /// <summary>Asks whether the bot knows a chat (<c>getChat</c>), once. That it may write there only a message shows.</summary>
    Task<SendResult> AskChatAsync(string chat, CancellationToken cancellationToken);
}
