namespace ExtGap.Exchange.Faults;

/// <summary>How long after a candle's end its close comes, in milliseconds of exchange time.</summary>
internal sealed class CloseDelay(long usual, FaultBoard faults)
{
    /// <summary>The latest close that was promised: the market doesn't end before it.</summary>
    public long Latest { get; private set; }

    /// <summary>The delay as it is now.</summary>
    public long Now => usual + LatenessOf(faults.TouchesStreams ? faults.Find(FaultKind.CloseLate) : null);

    /// <summary>When the close of a candle comes that ends then.</summary>
    public long After(long end)
    {
        var late = faults.TouchesStreams ? faults.Inject(FaultKind.CloseLate) : null;
        var time = end + usual + LatenessOf(late);
        Latest = Math.Max(Latest, time);
        return time;
    }

    private static long LatenessOf(ActiveFault? fault) => (long)(fault?.Value.Duration ?? TimeSpan.Zero).TotalMilliseconds;
}
