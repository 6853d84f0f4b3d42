using ExtGap.Core.Market;
using ExtGap.Exchange.Markets;
using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Playing;

/// <summary>One stream with those who listen to it. A frame is written once for all of them.</summary>
internal sealed class KlineStream(string name, IBarSource source, Timeframe timeframe, StreamCursor cursor)
{
    private readonly KlineFrame _frame = new(name, source.Contract, timeframe);
    private readonly List<Subscriber> _subscribers = [];

    /// <summary>Its schedule.</summary>
    public StreamCursor Cursor { get; } = cursor;

    /// <summary>Who listens.</summary>
    public IReadOnlyList<Subscriber> Subscribers => _subscribers;

    /// <summary>Counts its beginnings: a stream that nobody listened to for a while begins anew.</summary>
    public int Generation { get; set; }

    /// <summary>Its place among frames of the same time.</summary>
    public int Order { get; init; }

    /// <summary>Adds a listener.</summary>
    public void Add(Subscriber subscriber) => _subscribers.Add(subscriber);

    /// <summary>Takes a listener away.</summary>
    public void Remove(Subscriber subscriber) => _subscribers.Remove(subscriber);

    /// <summary>Sends the next frame to all who listen and goes on to the one after it.</summary>
    public void Send()
    {
        var state = Cursor.Read();
        _frame.Write(Cursor.NextTime, Cursor.CloseTime, state, Cursor.Closes);

        // The raw frame overwrites the beginning of the combined one, so the combined one goes first.
        Send(combined: true);
        Send(combined: false);
        Cursor.Advance();
    }

    private void Send(bool combined)
    {
        ReadOnlySpan<byte> frame = default;
        foreach (var subscriber in _subscribers)
        {
            if (subscriber.IsCombined != combined)
            {
                continue;
            }

            if (frame.IsEmpty)
            {
                frame = combined ? _frame.Combined() : _frame.Raw();
            }

            subscriber.Outgoing.Append(frame);
        }
    }
}
