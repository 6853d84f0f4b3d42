using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Markets;
using ExtGap.Exchange.Playing;
using ExtGap.Exchange.Telegram;

namespace ExtGap.Exchange.Hosting;

/// <summary>What every endpoint may look at.</summary>
internal sealed class ExchangeState(ExchangeOptions options, Market market, ExchangeClock clock, Player player, FaultBoard faults, TimeProvider time)
{
    private long _requestCount;
    private long _closedCount;
    private long _lostCount;

    /// <summary>How the exchange was started.</summary>
    public ExchangeOptions Options { get; } = options;

    /// <summary>The symbols.</summary>
    public Market Market { get; } = market;

    /// <summary>The exchange's time.</summary>
    public ExchangeClock Clock { get; } = clock;

    /// <summary>Who plays the market.</summary>
    public Player Player { get; } = player;

    /// <summary>How it misbehaves.</summary>
    public FaultBoard Faults { get; } = faults;

    /// <summary>The messages that were sent to Telegram.</summary>
    public TelegramRecord Messages { get; } = new();

    /// <summary>The real clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Requests to the REST API so far.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>Connections so far that the client ended, or agreed to end, with a close frame.</summary>
    public long ClosedCount => Interlocked.Read(ref _closedCount);

    /// <summary>Connections so far that ended without one from the client.</summary>
    public long LostCount => Interlocked.Read(ref _lostCount);

    /// <summary>Notes the end of a connection.</summary>
    public void CountConnection(bool isClosed) => Interlocked.Increment(ref isClosed ? ref _closedCount : ref _lostCount);

    /// <summary>Notes a request.</summary>
    public void CountRequest() => Interlocked.Increment(ref _requestCount);
}
