using ExtGap.Bot.Feed;
using ExtGap.Core.Market;
using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Targets;

/// <summary>Messages of the kline streams, as <see cref="KlineFrameParser"/> gets them from a session, compared with a plain reading of the same JSON.</summary>
internal sealed class KlineFrames : FuzzTarget
{
    // A session passes over what is longer.
    private const int LongestMessage = 16 * 1024;

    private const string Minute =
        """{"e":"kline","E":1638747660000,"s":"BTCUSDT","k":{"t":1638747660000,"T":1638747719999,"s":"BTCUSDT","i":"1m","f":100,"L":200,"o":"0.0010","c":"0.0020","h":"0.0025","l":"0.0005","v":"1000","n":100,"x":false,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}""";

    private const string Month =
        """{"e":"kline","E":1762873119999,"s":"ETHUSDT","k":{"t":1761955200000,"T":1764547199999,"s":"ETHUSDT","i":"1M","f":1,"L":2,"o":"3844.10","c":"3401.99","h":"92233720368.54775807","l":"0.00000001","v":"0.0000000000000000000000000001","n":9223372036854775807,"x":true,"q":"1","V":"5","Q":"0.5","B":"0"}}""";

    private static readonly Symbol[] Symbols = [Symbol.Parse("BTCUSDT"), Symbol.Parse("ETHUSDT"), Symbol.Parse("1000PEPEUSDT")];

    private readonly (KlineFrameParser Parser, Timeframe Timeframe)[] _parsers =
        [.. new[] { "1m", "1M" }.Select(Timeframe.Parse).Select(timeframe => (new KlineFrameParser(new(Symbols), timeframe), timeframe))];

    public override string Name => "kline-frames";

    public override IReadOnlyList<byte[]> Corpus { get; } = Texts.Utf8(
        Minute,
        $$"""{"stream":"btcusdt@kline_1m","data":{{Minute}}}""",
        Month,
        $$"""{"stream":"ethusdt@kline_1M","data":{{Month}}}""",
        """{"result":null,"id":1}""");

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Quoted(
        "k", "E", "t", "T", "s", "i", "o", "h", "l", "c", "v", "n", "x", "e", "data", "stream", "result", "error", "code", "id", "BTCUSDT", "1m", "1M", "\\u006b");

    public override bool Read(byte[] input)
    {
        if (input.Length > LongestMessage)
        {
            return false;
        }

        var accepted = false;
        foreach (var (parser, timeframe) in _parsers)
        {
            var (kind, allocated) = Parse(parser, input, out var frame, out var fault);
            if (kind != FrameKind.Bad && allocated > 0)
            {
                // What is made once is not made by this frame.
                (kind, allocated) = Parse(parser, input, out frame, out fault);
            }

            BrokenPromiseException.ThrowIf(kind == FrameKind.Bad == string.IsNullOrWhiteSpace(fault), $"{kind} with the fault '{fault}'");
            BrokenPromiseException.ThrowIf(kind != FrameKind.Bad && allocated > 0, $"{kind} allocated {allocated} bytes");
            Check(input, timeframe, kind, frame);
            accepted |= kind != FrameKind.Bad;
        }

        return accepted;
    }

    private static (FrameKind Kind, long Allocated) Parse(KlineFrameParser parser, byte[] input, out KlineFrame frame, out string? fault)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kind = parser.Parse(input, out frame, out fault);
        return (kind, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Check(byte[] input, Timeframe timeframe, FrameKind kind, in KlineFrame frame)
    {
        if (kind == FrameKind.Kline)
        {
            Promises.Keep(frame.Candle, timeframe);
            BrokenPromiseException.ThrowIf(frame.SymbolIndex < 0 || frame.SymbolIndex >= Symbols.Length, $"a symbol {frame.SymbolIndex}");
            BrokenPromiseException.ThrowIf(frame.TradeCount < 0, $"{frame.TradeCount} trades");
            BrokenPromiseException.ThrowIf(frame.EventTime < frame.Candle.OpenTime || frame.EventTime > Instant.Max, "an event before its candle");
        }

        var plain = PlainKlineReading.Of(input, Symbols, timeframe);
        BrokenPromiseException.ThrowIf(
            plain.IsClear && (kind == FrameKind.Kline) != plain.Frame.HasValue, $"it is {kind}, a plain reading says {(plain.Frame.HasValue ? "a kline" : "none")} for {timeframe}");
        BrokenPromiseException.ThrowIf(plain is { IsClear: true, Frame: { } expected } && expected != frame, $"it is {frame}, a plain reading says {plain.Frame}");
    }
}
