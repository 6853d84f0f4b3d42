using ExtGap.Exchange.Streams;

namespace ExtGap.Exchange.Playing;

/// <summary>Carries out what connections ask for, and answers.</summary>
internal sealed class SubscriptionDesk(StreamRegistry streams)
{
    /// <summary>The most streams of one connection.</summary>
    public const int MostStreams = 1024;

    private const int TooManySubscriptions = 4;

    private readonly HashSet<Subscriber> _present = [];

    /// <summary>How many connections there are.</summary>
    public int ConnectionCount => _present.Count;

    /// <summary>Takes in a connection with the streams of its address.</summary>
    public void Join(Subscriber subscriber, IReadOnlyList<string> names, long time)
    {
        _present.Add(subscriber);
        if (!Subscribe(subscriber, names, time))
        {
            subscriber.Disconnect("Too many subscriptions");
        }
    }

    /// <summary>Lets a connection go.</summary>
    public void Leave(Subscriber subscriber)
    {
        if (_present.Remove(subscriber))
        {
            Unsubscribe(subscriber, [.. subscriber.Names]);
        }
    }

    /// <summary>Does what was asked, and queues the answer before any frame that follows from it.</summary>
    public void Handle(Subscriber subscriber, StreamRequest request, long time)
    {
        if (!_present.Contains(subscriber))
        {
            return;
        }

        var answer = Carry(subscriber, request);
        subscriber.Outgoing.Append(WebSocketFrame.Of(answer));
        if (request is StreamRequest.Subscribe subscribe && !Subscribe(subscriber, subscribe.Names, time))
        {
            subscriber.Disconnect("Too many subscriptions");
        }
    }

    private byte[] Carry(Subscriber subscriber, StreamRequest request)
    {
        switch (request)
        {
            case StreamRequest.Subscribe subscribe:
                return Fits(subscriber, subscribe.Names)
                    ? StreamAnswer.Done(subscribe.Id)
                    : StreamAnswer.Refused(new(subscribe.Id, TooManySubscriptions, "Too many subscriptions"));
            case StreamRequest.Unsubscribe unsubscribe:
                Unsubscribe(subscriber, unsubscribe.Names);
                return StreamAnswer.Done(unsubscribe.Id);
            case StreamRequest.ListSubscriptions list:
                return StreamAnswer.Names(list.Id, subscriber.Names);
            case StreamRequest.SetCombined set:
                subscriber.IsCombined = set.Value;
                return StreamAnswer.Done(set.Id);
            case StreamRequest.GetCombined get:
                return StreamAnswer.Property(get.Id, subscriber.IsCombined);
            case StreamRequest.Refused refused:
                return StreamAnswer.Refused(refused);
            default:
                throw new InvalidOperationException($"A request of {request.GetType()} is not known.");
        }
    }

    private static bool Fits(Subscriber subscriber, IReadOnlyList<string> names) =>
        subscriber.Names.Count + names.Count <= MostStreams
        || subscriber.Names.Union(names, StringComparer.Ordinal).Take(MostStreams + 1).Count() <= MostStreams;

    private bool Subscribe(Subscriber subscriber, IReadOnlyList<string> names, long time)
    {
        if (!Fits(subscriber, names))
        {
            return false;
        }

        foreach (var name in names)
        {
            if (subscriber.Add(name))
            {
                streams.Subscribe(subscriber, name, time);
            }
        }

        return true;
    }

    private void Unsubscribe(Subscriber subscriber, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (subscriber.Remove(name))
            {
                streams.Unsubscribe(subscriber, name);
            }
        }
    }
}
