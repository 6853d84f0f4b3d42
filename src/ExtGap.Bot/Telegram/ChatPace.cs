namespace ExtGap.Bot.Telegram;

/// <summary>How fast a chat may be written to: one message a second, and in a group or channel twenty a minute. Times are local and monotonic.</summary>
internal sealed class ChatPace(bool isGroup)
{
    private const int PerMinute = 20;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<TimeSpan> _sent = new();
    private TimeSpan? _last;

    /// <summary>When the next message may go; in the past where it may go now.</summary>
    public TimeSpan Next
    {
        get
        {
            var next = _last is { } last ? last + Between : TimeSpan.Zero;
            return isGroup && _sent.Count == PerMinute && _sent.Peek() + Minute > next ? _sent.Peek() + Minute : next;
        }
    }

    /// <summary>A message has gone, or may have.</summary>
    public void Sent(TimeSpan now)
    {
        _last = now;
        if (_sent.Count == PerMinute)
        {
            _sent.Dequeue();
        }

        _sent.Enqueue(now);
    }
}
