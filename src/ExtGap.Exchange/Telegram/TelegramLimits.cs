using ExtGap.Exchange.Faults;

namespace ExtGap.Exchange.Telegram;

/// <summary>Counts what each chat gets: one message a second, and a group 20 a minute, by the real clock.</summary>
internal sealed class TelegramLimits(TimeProvider time)
{
    private const int MostPerMinute = 20;

    // A sender that keeps exactly to the limits is not to be refused because one message took a little longer on its way than the next.
    private static readonly TimeSpan Second = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Minute = TimeSpan.FromMilliseconds(59_500);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Queue<long>> _taken = [];

    /// <summary>Notes a message, if it is within the limits.</summary>
    /// <param name="chat">Where it goes.</param>
    /// <param name="fault">Notes a refusal.</param>
    /// <returns>Seconds to wait where it isn't.</returns>
    public int? Take(TelegramChat chat, ActiveFault? fault)
    {
        lock (_gate)
        {
            if (!_taken.TryGetValue(chat.Id, out var times))
            {
                _taken.Add(chat.Id, times = new());
            }

            var now = time.GetTimestamp();
            while (times.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= Minute)
            {
                times.Dequeue();
            }

            var wait = Wait(chat, times, now);
            if (fault is null || wait <= TimeSpan.Zero || !fault.TryInject())
            {
                times.Enqueue(now);
                return null;
            }

            return (int)Math.Ceiling(wait.TotalSeconds);
        }
    }

    private TimeSpan Wait(TelegramChat chat, Queue<long> times, long now)
    {
        var second = times.Count > 0 ? Second - time.GetElapsedTime(times.Last(), now) : TimeSpan.Zero;
        var minute = chat.IsGroup && times.Count >= MostPerMinute
            ? Minute - time.GetElapsedTime(times.ElementAt(times.Count - MostPerMinute), now)
            : TimeSpan.Zero;
        return second > minute ? second : minute;
    }
}
