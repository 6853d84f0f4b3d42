namespace ExtGap.Bot.Telegram;

/// <summary>Hands one message to Telegram. Everything that it needs of Telegram is behind this.</summary>
internal interface ITelegramSender
{
    /// <summary>Tries once; waiting and trying again are the caller's.</summary>
    /// <param name="chat">A chat's number, or a channel's <c>@name</c>.</param>
    /// <param name="text">The text, HTML or plain.</param>
    /// <param name="isHtml">Which of the two.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<SendResult> SendAsync(string chat, string text, bool isHtml, CancellationToken cancellationToken);
}

/// <summary>What became of a message. The cases are all here; no text in them has the token.</summary>
internal abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>Telegram has taken it.</summary>
    public sealed record Sent : SendResult;

    /// <summary>Telegram asks to wait (429).</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : SendResult;

    /// <summary>The chat is gone, or does not let the bot write (403, 400 chat not found, TOPIC_CLOSED and the like).</summary>
    public sealed record ChatGone(string Why) : SendResult;

    /// <summary>The group has become a supergroup of another number.</summary>
    public sealed record ChatMoved(string Chat) : SendResult;

    /// <summary>Telegram can't take this message, whatever the chat (400 can't parse, too long).</summary>
    public sealed record Unacceptable(string Why) : SendResult;

    /// <summary>Telegram refuses it (another 400), and nobody knows whether for the chat's sake or for the message's.</summary>
    public sealed record Unexplained(string Why) : SendResult;

    /// <summary>Telegram does not know the token (401, 404).</summary>
    public sealed record TokenRefused(string Why) : SendResult;

    /// <summary>Telegram can't be reached or is out of order; later it may work.</summary>
    public sealed record Failed(string Why) : SendResult;
}
