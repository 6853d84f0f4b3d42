using ExtGap.Core.Market;
using Microsoft.Extensions.Logging;

namespace ExtGap.Bot.Feed;

/// <summary>One contract's way through the feed: frames and REST answers are joined, and built into the bot's timeframe.</summary>
internal sealed class SymbolFeed : IKlineJoinSink, ICandleSink
{
    private readonly Timeframe _source;
    private readonly CandleAggregator _aggregator;
    private readonly List<CandleUpdate> _output;
    private readonly ILogger _log;
    private Instant _now;

    /// <param name="index">The contract's number in the feed.</param>
    /// <param name="contract">The contract, and where its candles begin.</param>
    /// <param name="timeframe">The bot's timeframe.</param>
    /// <param name="output">Where finished updates are added.</param>
    /// <param name="log">Where holes are told.</param>
    public SymbolFeed(int index, FeedContract contract, Timeframe timeframe, List<CandleUpdate> output, ILogger log)
    {
        Index = index;
        Symbol = contract.Specification.Symbol;
        _source = timeframe.Source;
        _aggregator = new(_source, timeframe, contract.IsContinued);
        _output = output;
        _log = log;
        Join = new(_source, contract.From, contract.IsContinued, this);
    }

    public int Index { get; }

    public Symbol Symbol { get; }

    public KlineJoin Join { get; }

    void IKlineJoinSink.Opened(Instant openTime, Price open, Instant now)
    {
        _now = now;
        _aggregator.SourceOpened(openTime, open, this);
    }

    void IKlineJoinSink.Closed(in Candle candle, Instant now)
    {
        _now = now;
        _aggregator.SourceClosed(candle, this);
    }

    void IKlineJoinSink.Hole(Instant from, Instant to) => _log.Hole(Symbol, _source, from, to);

    void ICandleSink.CandleOpened(Instant openTime, Price open) => _output.Add(new(Index, openTime, open, Closed: null, _now));

    void ICandleSink.CandleClosed(in Candle candle) => _output.Add(new(Index, candle.OpenTime, candle.Open, candle, _now));
}
