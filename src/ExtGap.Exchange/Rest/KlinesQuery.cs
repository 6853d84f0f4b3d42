using System.Globalization;
using ExtGap.Core.Market;
using ExtGap.Exchange.Markets;

namespace ExtGap.Exchange.Rest;

/// <summary>What a request for klines asks for.</summary>
internal sealed record KlinesQuery
{
    private const int DefaultLimit = 500;
    private const int MostRows = 1500;

    /// <summary>The symbol's bars.</summary>
    public required IBarSource Source { get; init; }

    /// <summary>The interval.</summary>
    public required Timeframe Timeframe { get; init; }

    /// <summary>No kline that opens before this; where it is not given, the newest are wanted.</summary>
    public required long? StartTime { get; init; }

    /// <summary>No kline that opens after this.</summary>
    public required long EndTime { get; init; }

    /// <summary>The most rows.</summary>
    public required int Limit { get; init; }

    /// <summary>The same query where the candle that is open at <paramref name="now"/> and the <paramref name="count"/> before it are not there yet.</summary>
    public KlinesQuery WithoutNewest(int count, long now)
    {
        var openTime = Timeframe.Floor(new Instant(now));
        for (var i = 0; i < count && openTime.UnixMilliseconds > 0; i++)
        {
            openTime = Timeframe.Floor(new Instant(openTime.UnixMilliseconds - 1));
        }

        return this with { EndTime = Math.Min(EndTime, openTime.UnixMilliseconds - 1) };
    }

    /// <summary>Weight of a request with this limit, which counts even where the rest of it is wrong.</summary>
    public static int WeightOf(string? limit) => RequestWeights.OfKlines(ParseLimit(limit) ?? DefaultLimit);

    /// <summary>Reads the parameters.</summary>
    /// <param name="parameter">Gives a parameter's text; nothing where it is not there.</param>
    /// <param name="market">Knows the symbols.</param>
    /// <param name="query">The query, if there is no error.</param>
    /// <returns>The first error that the exchange would tell.</returns>
    public static RestError? Read(Func<string, string?> parameter, Market market, out KlinesQuery? query)
    {
        query = null;
        if (parameter("symbol") is not { Length: > 0 } symbol)
        {
            return RestError.Missing("symbol");
        }

        if (parameter("interval") is not { Length: > 0 } interval)
        {
            return RestError.Missing("interval");
        }

        var (startTime, endTime) = (parameter("startTime"), parameter("endTime"));
        var start = ParseTime(startTime);
        var end = ParseTime(endTime);
        var limit = ParseLimit(parameter("limit"));
        var error = limit is null ? RestError.Invalid("limit")
            : startTime is not null && start is null ? RestError.Invalid("startTime")
            : endTime is not null && end is null ? RestError.Invalid("endTime")
            : start > end ? RestError.StartAfterEnd
            : null;
        if (error is not null)
        {
            return error;
        }

        if (!Market.TryParseInterval(interval, out var timeframe))
        {
            return RestError.InvalidInterval;
        }

        if (market.Find(symbol) is not { } source)
        {
            return RestError.InvalidSymbol;
        }

        query = new() { Source = source, Timeframe = timeframe, StartTime = start, EndTime = end ?? long.MaxValue, Limit = limit!.Value };
        return null;
    }

    private static long? ParseTime(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= Instant.Max.UnixMilliseconds ? time : null;

    private static int? ParseLimit(string? text) => text is null ? DefaultLimit
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostRows ? limit
        : null;
}
