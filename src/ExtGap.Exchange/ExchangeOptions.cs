using System.Net;
using ExtGap.Core.Market;

namespace ExtGap.Exchange;

/// <summary>How the exchange is to be: what it plays, how fast, and where it listens.</summary>
public sealed record ExchangeOptions
{
    /// <summary>Where it listens; port 0 takes any that is free.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 9090);

    /// <summary>The kline files, several of one symbol as one sequence.</summary>
    public IReadOnlyList<KlineFile> KlineFiles { get; init; } = [];

    /// <summary>The symbols of which it makes the market itself.</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = [];

    /// <summary>What the made market comes from: the same seed gives the same market.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Exchange time per real time; infinite for as fast as the slowest subscriber takes it.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>What its clock shows first; where it is not given, the first candle's open time, or now for a made market.</summary>
    public Instant? Start { get; init; }

    /// <summary>How many subscribers there must be for its clock to run.</summary>
    public int WaitFor { get; init; }

    /// <summary>Exchange time from a candle's end to the frame that says so.</summary>
    public TimeSpan CloseDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Exchange time between two updates of an open candle.</summary>
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether it ends when everything that the files have was sent.</summary>
    public bool ExitAtEnd { get; init; }

    /// <summary>How it misbehaves from the start: faults by name, as <c>docs/exchange.md</c> lists them.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Real time between two pings of a connection.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromMinutes(3);
}

/// <summary>A kline file and its symbol.</summary>
public sealed record KlineFile(string Path, Symbol Symbol);
