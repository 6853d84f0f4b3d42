using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Markets;

namespace ExtGap.Exchange.Playing;

/// <summary>The streams that somebody listens to, in the order of their next frames.</summary>
internal sealed class StreamRegistry(Market market, long updateInterval, CloseDelay closeDelay, FaultBoard faults)
{
    private readonly Dictionary<string, KlineStream> _streams = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(KlineStream Stream, int Generation), (long Time, int Order)> _queue = new();
    private int _order;

    /// <summary>How many connections listen to at least one stream.</summary>
    public int SubscriberCount { get; private set; }

    /// <summary>How many streams somebody listens to.</summary>
    public int ActiveCount { get; private set; }

    /// <summary>Lets a connection listen, if there is such a stream.</summary>
    /// <param name="subscriber">Who listens.</param>
    /// <param name="name">The stream's name.</param>
    /// <param name="time">The time up to which every frame was sent.</param>
    public void Subscribe(Subscriber subscriber, string name, long time)
    {
        if (!subscriber.DeliversKlines || GetOrMake(name) is not { } stream)
        {
            return;
        }

        if (stream.Subscribers.Count == 0)
        {
            ActiveCount++;
            stream.Begin(time);
            Enqueue(stream);
        }

        stream.Add(subscriber);
        SubscriberCount += subscriber.StreamCount++ == 0 ? 1 : 0;
    }

    /// <summary>Takes a connection off a stream.</summary>
    public void Unsubscribe(Subscriber subscriber, string name)
    {
        if (!subscriber.DeliversKlines || !_streams.TryGetValue(name, out var stream))
        {
            return;
        }

        stream.Remove(subscriber);
        ActiveCount -= stream.Subscribers.Count == 0 ? 1 : 0;
        SubscriberCount -= --subscriber.StreamCount == 0 ? 1 : 0;
    }

    /// <summary>When the next frame of all streams is due; <see cref="long.MaxValue"/> where none is.</summary>
    public long NextTime()
    {
        while (_queue.TryPeek(out var next, out var priority))
        {
            if (next.Stream.Generation == next.Generation && next.Stream.Subscribers.Count > 0)
            {
                return priority.Time;
            }

            _queue.Dequeue();
        }

        return long.MaxValue;
    }

    /// <summary>Sends the next frame; to be called where there is one.</summary>
    /// <returns>The stream that it was of.</returns>
    public KlineStream SendNext()
    {
        var stream = _queue.Dequeue().Stream;
        stream.Send();
        Enqueue(stream);
        return stream;
    }

    private void Enqueue(KlineStream stream)
    {
        if (stream.Cursor.NextTime != long.MaxValue)
        {
            _queue.Enqueue((stream, stream.Generation), (stream.Cursor.NextTime, stream.Order));
        }
    }

    private KlineStream? GetOrMake(string name)
    {
        if (!_streams.TryGetValue(name, out var stream) && market.FindStream(name) is { } found)
        {
            stream = new(name, found.Source, found.Timeframe, new(found.Source, found.Timeframe, updateInterval, closeDelay), faults) { Order = _order++ };
            _streams.Add(name, stream);
        }

        return stream;
    }
}
