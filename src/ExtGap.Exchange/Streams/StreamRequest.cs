namespace ExtGap.Exchange.Streams;

/// <summary>What a connection can ask for.</summary>
internal abstract record StreamRequest
{
    private StreamRequest()
    {
    }

    /// <summary>SUBSCRIBE.</summary>
    public sealed record Subscribe(ulong Id, IReadOnlyList<string> Names) : StreamRequest;

    /// <summary>UNSUBSCRIBE.</summary>
    public sealed record Unsubscribe(ulong Id, IReadOnlyList<string> Names) : StreamRequest;

    /// <summary>LIST_SUBSCRIPTIONS.</summary>
    public sealed record ListSubscriptions(ulong Id) : StreamRequest;

    /// <summary>SET_PROPERTY of the only property that there is.</summary>
    public sealed record SetCombined(ulong Id, bool Value) : StreamRequest;

    /// <summary>GET_PROPERTY of the only property that there is.</summary>
    public sealed record GetCombined(ulong Id) : StreamRequest;

    /// <summary>Something that the exchange refuses, in its own words.</summary>
    public sealed record Refused(ulong? Id, int Code, string Message) : StreamRequest;
}
