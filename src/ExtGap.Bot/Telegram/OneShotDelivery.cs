namespace ExtGap.Bot.Telegram;

/// <summary>
/// Sends one text to every chat, once and now: no ledger keeps it, so what can't be delivered within a time limit is told to the caller.
/// Each chat is tried by the rules of <see cref="ChatDelivery"/>, and waits for no other.
/// </summary>
internal sealed class OneShotDelivery
{
    private static readonly SendResult Unanswered = new SendResult.Failed("no answer in time; the message may have come through all the same");

    private readonly ITelegramSender _sender;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly long _started;

    /// <param name="sender">Hands it to Telegram.</param>
    /// <param name="timeout">How long all of it may take, waiting included.</param>
    /// <param name="time">Measures that, from now on.</param>
    public OneShotDelivery(ITelegramSender sender, TimeSpan timeout, TimeProvider time)
    {
        _sender = sender;
        _timeout = timeout;
        _time = time;
        _started = time.GetTimestamp();
    }

    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>Sends a plain text.</summary>
    /// <returns>What became of it in each chat, in their order.</returns>
    public async Task<IReadOnlyList<ChatOutcome>> SendAsync(string text, IReadOnlyList<string> chats)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        return await Task.WhenAll(chats.Select(chat => SendAsync(text, new ChatDelivery(chat, movedTo: null), timeout.Token)));
    }

    private async Task<ChatOutcome> SendAsync(string text, ChatDelivery chat, CancellationToken timeout)
    {
        SendResult result = new SendResult.Failed("there was no time to try");
        while (chat.ReadyAt < _timeout && !timeout.IsCancellationRequested)
        {
            var wait = chat.ReadyAt > Now ? chat.ReadyAt - Now : TimeSpan.Zero;
            await Task.Delay(wait, _time, timeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (timeout.IsCancellationRequested)
            {
                break;
            }

            chat.Sending(Now);
            result = await TryAsync(text, chat.Address, timeout);
            if (chat.Ended(result, Now) != DeliveryStep.Again)
            {
                break;
            }
        }

        return new(chat.Chat, chat.Address, result);
    }

    private async Task<SendResult> TryAsync(string text, string address, CancellationToken timeout)
    {
        try
        {
            var result = await _sender.SendAsync(address, text, isHtml: false, timeout);

            // A sender may tell of a call that was broken off as of one that failed.
            return result is SendResult.Failed && timeout.IsCancellationRequested ? Unanswered : result;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Unanswered;
        }
    }
}

/// <summary>What became of a text in one chat.</summary>
/// <param name="Chat">The chat as it was configured.</param>
/// <param name="Address">Where it was sent at last: another number where a group has moved.</param>
/// <param name="Result">What Telegram said last.</param>
internal sealed record ChatOutcome(string Chat, string Address, SendResult Result)
{
    /// <summary>Why the chat doesn't have it; none where it has.</summary>
    public string? Trouble => Result switch
    {
        SendResult.Sent => null,
        SendResult.TooMany { RetryAfter: var wait } => $"Telegram asks to wait for {wait.TotalSeconds:F0} s",
        SendResult.ChatGone { Why: var why } => $"{why}: add the bot to the chat, or take the chat out of {TelegramCredentials.ChatsVariable}",
        SendResult.ChatMoved { Chat: var moved } => $"the group has moved to {moved}: put that number into {TelegramCredentials.ChatsVariable}",
        SendResult.Unacceptable { Why: var why } => why,
        SendResult.Unexplained { Why: var why } => why,
        SendResult.TokenRefused { Why: var why } => $"Telegram refuses the token ({why}): check {TelegramCredentials.TokenVariable}",
        SendResult.Failed { Why: var why } => why,
        _ => throw new InvalidOperationException($"{nameof(SendResult)} has a case {Result.GetType().Name} that {nameof(ChatOutcome)} does not know."),
    };
}
