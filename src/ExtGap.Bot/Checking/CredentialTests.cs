using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Checking;

/// <summary>Whether Telegram takes a token, and whether its bot reaches its chats. Each is asked once: what fails for the moment is told so.</summary>
internal sealed class CredentialTests(ITelegramInquiry inquiry, ITelegramSender sender, TelegramCredentials credentials)
{
    private string ChatsVariable => TelegramCredentials.ChatsVariable + credentials.Level[TelegramCredentials.TokenVariable.Length..];

    /// <param name="message">A text to send to each chat that seems to be there; none to send nothing.</param>
    /// <param name="cancellationToken">Ends what has no answer yet.</param>
    public async Task<IReadOnlyList<OnlineTest>> RunAsync(string? message, CancellationToken cancellationToken)
    {
        var (result, name) = await TryAsync(() => inquiry.AskNameAsync(cancellationToken), cancellationToken);
        var token = new OnlineTest(TestedThing.Token, credentials.Level, OutcomeOf(result), result is SendResult.Sent ? $"it is {name ?? "a bot"}'s" : Words(result));

        // Of a token that is refused, or of a Telegram out of reach, no chat can tell more.
        return token.Outcome == TestOutcome.Good
            ? [token, .. (await Task.WhenAll(credentials.Chats.Select(chat => TestAsync(chat, message, cancellationToken)))).SelectMany(tests => tests)]
            : [token];
    }

    private async Task<IReadOnlyList<OnlineTest>> TestAsync(string chat, string? message, CancellationToken cancellationToken)
    {
        var known = Test(TestedThing.Chat, chat, await TryAsync(() => inquiry.AskChatAsync(chat, cancellationToken), cancellationToken), "the bot knows it");
        return message is null || known.Outcome == TestOutcome.Refused
            ? [known]
            : [known, Test(TestedThing.Message, chat, await TryAsync(() => sender.SendAsync(chat, message, isHtml: false, cancellationToken), cancellationToken), "delivered")];
    }

    private OnlineTest Test(TestedThing thing, string chat, SendResult result, string success) =>
        new(thing, ChatMask.Of(chat), OutcomeOf(result), result is SendResult.Sent ? success : Words(result));

    private static async Task<SendResult> TryAsync(Func<Task<SendResult>> ask, CancellationToken cancellationToken) =>
        (await TryAsync(async () => (await ask(), (string?)null), cancellationToken)).Result;

    private static async Task<(SendResult Result, string? Name)> TryAsync(Func<Task<(SendResult Result, string? Name)>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (new SendResult.Failed("Telegram has not answered in time"), null);
        }
    }

    private static TestOutcome OutcomeOf(SendResult result) => result switch
    {
        SendResult.Sent => TestOutcome.Good,
        SendResult.TooMany or SendResult.Failed => TestOutcome.Unreachable,
        _ => TestOutcome.Refused,
    };

    private string Words(SendResult result) => result switch
    {
        SendResult.TooMany { RetryAfter: var wait } => $"Telegram asks to wait for {wait.TotalSeconds:F0} s",
        SendResult.ChatGone { Why: var why } => $"{why}: write to the bot first, or add it to the group or channel, or correct {ChatsVariable}",
        SendResult.ChatMoved { Chat: var moved } => $"the group has moved to {moved}: put that number into {ChatsVariable}",
        SendResult.TokenRefused { Why: var why } => $"Telegram refuses it ({why}): copy it anew from BotFather into {credentials.Level}",
        SendResult.Unacceptable { Why: var why } => why,
        SendResult.Unexplained { Why: var why } => why,
        SendResult.Failed { Why: var why } => $"Telegram can't be reached: {why}",
        _ => throw new InvalidOperationException($"{nameof(SendResult)} has a case {result.GetType().Name} that {nameof(CredentialTests)} does not know."),
    };
}
