namespace ExtGap.Exchange.Playing;

/// <summary>How the market is played; times in milliseconds of exchange time.</summary>
internal sealed record PlayerOptions
{
    /// <summary>From one update of an open candle to the next.</summary>
    public required long UpdateInterval { get; init; }

    /// <summary>From a candle's end to the frame that says so.</summary>
    public required long CloseDelay { get; init; }

    /// <summary>How many subscribers there must be for the clock to run.</summary>
    public required int WaitFor { get; init; }
}

/// <summary>What the player's loop knew when it last turned.</summary>
/// <param name="Connections">WebSocket connections.</param>
/// <param name="Subscribers">Those of them that listen to at least one stream that there is.</param>
/// <param name="Streams">Streams that somebody listens to.</param>
internal sealed record PlayerStatus(int Connections, int Subscribers, int Streams);
