namespace ExtGap.Bot.Telegram;

/// <summary>What to do after a try to deliver a message to a chat.</summary>
internal enum DeliveryStep
{
    /// <summary>It is delivered: the next one.</summary>
    Delivered,

    /// <summary>The same again, when <see cref="ChatDelivery.ReadyAt"/> has come.</summary>
    Again,

    /// <summary>It can't be delivered in any form: log it and go on to the next one. Where Telegram has not said that it is the message's fault, only the first one of those that were folded.</summary>
    GiveUp,

    /// <summary>No message can be delivered to any chat: the token is refused.</summary>
    TurnOff,
}

/// <summary>
/// The delivery to one chat, as a state machine: results of tries in, what to do next out. Messages go one by one, so their order holds.
/// Times are local and monotonic.
/// </summary>
internal sealed class ChatDelivery
{
    /// <summary>How long a chat that is gone is left alone.</summary>
    public static readonly TimeSpan ParkedFor = TimeSpan.FromHours(1);

    /// <summary>
    /// How often a message is refused, as HTML and as plain text, before it is passed over where nobody knows whether it is the chat's fault: a
    /// day of a parked chat. Passed over at once, each message would be lost while a chat is closed; kept for ever, one would hold back all.
    /// </summary>
    public const int MostRefusals = 24;

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    private readonly ChatPace _pace;
    private TimeSpan _notBefore;
    private int _failures;
    private int _refusals;
    private int _moves;

    /// <param name="chat">The chat as it was configured.</param>
    /// <param name="movedTo">Its number since it has become another kind of group.</param>
    public ChatDelivery(string chat, string? movedTo)
    {
        Chat = chat;
        Address = movedTo ?? chat;
        _pace = new(isGroup: Address[0] is '-' or '@');
    }

    /// <summary>The chat as it was configured.</summary>
    public string Chat { get; }

    /// <summary>Where its messages go.</summary>
    public string Address { get; private set; }

    /// <summary>Whether a message is on its way.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Whether the message that comes next is to go as plain text.</summary>
    public bool AsPlainText { get; private set; }

    /// <summary>Why the chat is left alone; none where it is not.</summary>
    public string? ParkedWhy { get; private set; }

    /// <summary>Why the last try has failed; none where it has not.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>When the next message may go.</summary>
    public TimeSpan ReadyAt => _pace.Next > _notBefore ? _pace.Next : _notBefore;

    /// <summary>A message is on its way.</summary>
    public void Sending(TimeSpan now)
    {
        IsSending = true;
        _pace.Sent(now);
    }

    /// <summary>The try has ended.</summary>
    public DeliveryStep Ended(SendResult result, TimeSpan now)
    {
        IsSending = false;
        if (result is not SendResult.Failed)
        {
            _failures = 0;
            LastFailure = null;
        }

        switch (result)
        {
            case SendResult.Sent:
                AsPlainText = false;
                ParkedWhy = null;
                _refusals = 0;
                _moves = 0;
                return DeliveryStep.Delivered;
            case SendResult.TooMany { RetryAfter: var wait }:
                _notBefore = now + wait;
                return DeliveryStep.Again;
            case SendResult.ChatMoved { Chat: var moved }:
                Address = moved;

                // A group moves once. Some that lead to each other would be asked for ever, as often as the pace lets them.
                if (_moves++ > 0)
                {
                    _notBefore = now + BackoffAfter(_moves - 1);
                }

                return DeliveryStep.Again;
            case SendResult.ChatGone { Why: var why }:
                ParkedWhy = why;
                _notBefore = now + ParkedFor;
                return DeliveryStep.Again;
            case SendResult.Unacceptable:
                ParkedWhy = null; // Telegram looks at a message only where the chat is there.
                return AgainAsPlainText() ? DeliveryStep.Again : GiveUp();
            case SendResult.Unexplained when AgainAsPlainText():
                return DeliveryStep.Again;
            case SendResult.Unexplained when ++_refusals == MostRefusals:
                return GiveUp();
            case SendResult.Unexplained { Why: var why }:
                ParkedWhy = why;
                _notBefore = now + ParkedFor;
                return DeliveryStep.Again;
            case SendResult.TokenRefused:
                return DeliveryStep.TurnOff;
            case SendResult.Failed { Why: var why }:
                LastFailure = why;
                _notBefore = now + BackoffAfter(_failures++);
                return DeliveryStep.Again;
            default:
                throw new InvalidOperationException($"{nameof(SendResult)} has a case {result.GetType().Name} that {nameof(ChatDelivery)} does not know.");
        }
    }

    private bool AgainAsPlainText() => AsPlainText = !AsPlainText;

    private DeliveryStep GiveUp()
    {
        _refusals = 0;
        return DeliveryStep.GiveUp;
    }

    private static TimeSpan BackoffAfter(int failures)
    {
        var backoff = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 10)));
        return backoff < LongestRetry ? backoff : LongestRetry;
    }
}
