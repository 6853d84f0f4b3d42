using ExtGap.Core.Market;
using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Markets;
using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Playing;

/// <summary>One stream with those who listen to it. A frame is written once for all of them.</summary>
internal sealed class KlineStream
{
    private readonly KlineFrame _frame;
    private readonly StreamFaults _faults;
    private readonly List<Subscriber> _subscribers = [];

    /// <summary>A stream that nobody listens to yet.</summary>
    public KlineStream(string name, IBarSource source, Timeframe timeframe, StreamCursor cursor, FaultBoard faults)
    {
        _frame = new(name, source.Contract, timeframe);
        _faults = new(faults, _frame, timeframe, Send);
        Cursor = cursor;
    }

    /// <summary>Its schedule.</summary>
    public StreamCursor Cursor { get; }

    /// <summary>Who listens.</summary>
    public IReadOnlyList<Subscriber> Subscribers => _subscribers;

    /// <summary>Counts its beginnings: a stream that nobody listened to for a while begins anew.</summary>
    public int Generation { get; private set; }

    /// <summary>Its place among frames of the same time.</summary>
    public int Order { get; init; }

    /// <summary>Adds a listener.</summary>
    public void Add(Subscriber subscriber) => _subscribers.Add(subscriber);

    /// <summary>Takes a listener away.</summary>
    public void Remove(Subscriber subscriber) => _subscribers.Remove(subscriber);

    /// <summary>Begins with the first frame after a time.</summary>
    public void Begin(long time)
    {
        Generation++;
        _faults.Forget();
        Cursor.Start(time);
    }

    /// <summary>Sends the next frame to all who listen and goes on to the one after it.</summary>
    public void Send()
    {
        var state = Cursor.Read();
        _frame.Write(Cursor.NextTime, Cursor.CloseTime, state, Cursor.Closes);
        _faults.Enter(state.OpenTime);
        if (_faults.IsIdle)
        {
            // The raw frame overwrites the beginning of the combined one, so the combined one goes first.
            Send(combined: true);
            Send(combined: false);
        }
        else
        {
            _faults.Send(Cursor.Closes);
        }

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

    private void Send(SavedFrame frame)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.Outgoing.Append(subscriber.IsCombined ? frame.Combined : frame.Raw);
        }
    }
}
