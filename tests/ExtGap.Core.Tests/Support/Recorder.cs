using ExtGap.Core.Market;

namespace ExtGap.Core.Tests.Support;

/// <summary>Keeps what an aggregator gives.</summary>
internal sealed class Recorder : ICandleSink
{
    public List<(Instant Time, Price Open)> Opened { get; } = [];

    public List<Candle> Closed { get; } = [];

    /// <summary>Everything in its order, such as <c>opened 00:00</c> and <c>closed 00:00</c>.</summary>
    public List<string> Log { get; } = [];

    public void CandleOpened(Instant openTime, Price open)
    {
        Opened.Add((openTime, open));
        Log.Add($"opened {openTime.ToDateTimeOffset():HH:mm}");
    }

    public void CandleClosed(in Candle candle)
    {
        Closed.Add(candle);
        Log.Add($"closed {candle.OpenTime.ToDateTimeOffset():HH:mm}");
    }
}
