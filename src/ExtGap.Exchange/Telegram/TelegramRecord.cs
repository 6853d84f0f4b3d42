namespace ExtGap.Exchange.Telegram;

/// <summary>The newest messages that were received, taken or not.</summary>
internal sealed class TelegramRecord
{
    private const int MostMessages = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<TelegramMessage> _messages = new();
    private long _sequence;
    private long _messageId;
    private long _accepted;

    /// <summary>How many were received, and how many of them were taken.</summary>
    public (long Received, long Accepted) Counts
    {
        get
        {
            lock (_gate)
            {
                return (_sequence, _accepted);
            }
        }
    }

    /// <summary>Notes a message, and numbers it.</summary>
    public TelegramMessage Add(TelegramMessage message, bool isAccepted)
    {
        lock (_gate)
        {
            message = message with { Sequence = ++_sequence, MessageId = isAccepted ? ++_messageId : null };
            _accepted += isAccepted ? 1 : 0;
            _messages.Enqueue(message);
            if (_messages.Count > MostMessages)
            {
                _messages.Dequeue();
            }

            return message;
        }
    }

    /// <summary>The messages after a sequence number, oldest first.</summary>
    public IReadOnlyList<TelegramMessage> Since(long sequence)
    {
        lock (_gate)
        {
            return [.. _messages.SkipWhile(message => message.Sequence <= sequence)];
        }
    }
}
