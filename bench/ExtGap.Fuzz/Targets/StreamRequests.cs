using ExtGap.Exchange.Streams;
using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Targets;

/// <summary>What a client asks of the stand-in exchange's streams.</summary>
internal sealed class StreamRequests : FuzzTarget
{
    public override string Name => "stream-requests";

    public override IReadOnlyList<byte[]> Corpus { get; } = Texts.Utf8(
        """{"method":"SUBSCRIBE","params":["btcusdt@kline_1m","ethusdt@kline_1m"],"id":1}""",
        """{"method":"UNSUBSCRIBE","params":["btcusdt@kline_1m"],"id":18446744073709551615}""",
        """{"method":"LIST_SUBSCRIPTIONS","id":3}""",
        """{"method":"SET_PROPERTY","params":["combined",true],"id":4}""",
        """{"method":"GET_PROPERTY","params":["combined"],"id":5}""");

    public override IReadOnlyList<byte[]> Words { get; } =
        Texts.Quoted("method", "params", "id", "SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY", "GET_PROPERTY", "combined", "btcusdt@kline_1m");

    public override bool Read(byte[] input)
    {
        var request = StreamRequestReader.Read(input);
        BrokenPromiseException.ThrowIf(request is StreamRequest.Refused { Message.Length: 0 }, "a refusal without a reason");
        BrokenPromiseException.ThrowIf(request is StreamRequest.Subscribe { Names: var names } && names.Any(name => name is null), "a stream without a name");
        return request is not StreamRequest.Refused;
    }
}
