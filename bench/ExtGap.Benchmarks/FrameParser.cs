using BenchmarkDotNet.Attributes;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;
using ExtGap.Measure.Market;

namespace ExtGap.Benchmarks;

/// <summary>The reading of one frame of the stream, about 400 bytes.</summary>
public class FrameParser
{
    private const int HeaderBytes = 4;

    private readonly KlineFrameParser _parser = new(new SymbolTable([Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT")]), Timeframe.Parse("1m"));
    private readonly byte[] _open = Frames.Open(Bars.Still(0))[HeaderBytes..];
    private readonly byte[] _closed = Frames.Closed(Bars.Still(0))[HeaderBytes..];

    [Benchmark]
    public bool OpenCandle() => Parse(_open);

    [Benchmark]
    public bool ClosedCandle() => Parse(_closed);

    private bool Parse(byte[] frame) => _parser.Parse(frame, out _, out _) == FrameKind.Kline
        ? true
        : throw new InvalidOperationException("The frame is none of a kline.");
}
