using ExtGap.Bot.Feed;
using ExtGap.Core.Market;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A join of minutes and everything that it lets through, such as <c>open 3</c>, <c>close 3</c> and <c>hole 4-5</c>.</summary>
internal sealed class JoinRecorder : IKlineJoinSink
{
    public JoinRecorder(int from = 0, bool continued = true) => Join = new(Minutes.Timeframe, Minutes.At(from), continued, this);

    public KlineJoin Join { get; }

    public List<string> Log { get; } = [];

    /// <summary>What came since the last time.</summary>
    public string Take()
    {
        var text = string.Join(", ", Log);
        Log.Clear();
        return text;
    }

    public void Open(int minute) => Join.Opened(Minutes.At(minute), Minutes.OpenOf(minute), Minutes.At(minute));

    public void Close(int minute) => Join.Closed(Minutes.Candle(minute), Minutes.At(minute + 1));

    /// <summary>REST answers, and it is the last page.</summary>
    public void Fetched(double seconds, params int[] minutes) => Page(seconds, isLast: true, minutes);

    public void Page(double seconds, bool isLast, params int[] minutes) =>
        Join.Fetched([.. minutes.Select(Minutes.Candle)], isLast, Minutes.At(0), TimeSpan.FromSeconds(seconds));

    public void Failed(double seconds, double? retryAfter = null) =>
        Join.FetchFailed(retryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null, TimeSpan.FromSeconds(seconds));

    public void Tick(double exchangeMinute, double seconds) => Join.Tick(Minutes.At(exchangeMinute), TimeSpan.FromSeconds(seconds));

    /// <summary>The minute from which on REST is asked at a local second; none where it is not asked.</summary>
    public int? Ask(double seconds) => Join.TryStartFetch(TimeSpan.FromSeconds(seconds), out var from) ? Minutes.NumberOf(from) : null;

    void IKlineJoinSink.Opened(Instant openTime, Price open, Instant now) => Log.Add($"open {Minutes.NumberOf(openTime)}");

    void IKlineJoinSink.Closed(in Candle candle, Instant now) => Log.Add($"close {Minutes.NumberOf(candle.OpenTime)}");

    void IKlineJoinSink.Hole(Instant from, Instant to) => Log.Add($"hole {Minutes.NumberOf(from)}-{Minutes.NumberOf(to) - 1}");
}
