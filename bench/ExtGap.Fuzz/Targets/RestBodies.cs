using System.Net;
using ExtGap.Bot.Feed;
using ExtGap.Core.Market;
using ExtGap.Fuzz.Inputs;
using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Targets;

/// <summary>Answers of the REST API, read by <see cref="BinanceRest"/>. An input's first byte says what was asked and the status of the answer; the rest is its body.</summary>
internal sealed class RestBodies : FuzzTarget
{
    private static readonly HttpStatusCode[] Statuses =
    [
        HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, (HttpStatusCode)418, HttpStatusCode.TooManyRequests,
        HttpStatusCode.UnavailableForLegalReasons, HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway,
    ];

    private static readonly Symbol Symbol = Symbol.Parse("BTCUSDT");
    private static readonly Timeframe Minute = Timeframe.Parse("1m");

    private static readonly List<byte[]>[] Bodies =
    [
        Texts.Utf8(
            "[]",
            """[[1638747660000,"0.0010","0.0025","0.0005","0.0020","1000",1638747719999,"1.0000",100,"500","0.500","0"],[1638747720000,"0.0020","0.0025","0.0005","0.0020","0",1638747779999,"0",0,"0","0","0"]]""",
            """[[1762873080000,"105000.10","105010.00","104990.5","105000","12.345",1762873139999,"1",5,"1","1","0"]]"""),
        Texts.Utf8(
            """{"timezone":"UTC","serverTime":1638747660000,"rateLimits":[],"assets":[],"symbols":[{"symbol":"BTCUSDT","pair":"BTCUSDT","baseAsset":"BTC","quoteAsset":"USDT","filters":[{"filterType":"PRICE_FILTER","maxPrice":"4529764","minPrice":"556.80","tickSize":"0.10"},{"filterType":"LOT_SIZE","stepSize":"0.001"}]},{"symbol":"ETHUSDT"}]}""",
            """{"symbols":[{"symbol":"BTCUSDT","filters":null}]}"""),
        Texts.Utf8("""{"serverTime":1638747660000}"""),
        Texts.Utf8("""{"code":-1121,"msg":"Invalid symbol."}""", "<html><body>451</body></html>", string.Empty),
    ];

    public override string Name => "rest-bodies";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Bodies[0].Select(b => With(0, b)), .. Bodies[1].Select(b => With(1, b)), .. Bodies[2].Select(b => With(2, b))];

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Quoted("symbols", "symbol", "BTCUSDT", "baseAsset", "quoteAsset", "filters", "filterType", "PRICE_FILTER", "tickSize", "serverTime", "code", "msg");

    // An HTTP answer and its buffers come with each.
    public override long Allowance(int length) => (128 * 1024) + (256L * length);

    public override byte[] Make(ref Rng rng, Mutator mutator)
    {
        var (asked, status) = (rng.Below(3), rng.OneIn(4) ? rng.Below(Statuses.Length) : 0);
        var body = rng.OneIn(8) ? JsonGrammar.Generate(ref rng, Words) : mutator.Mutate(ref rng, Bodies[status <= 2 ? asked : 3], Words);
        return With(asked + (status * 3), body);
    }

    public override bool Read(byte[] input)
    {
        var choice = input.Length > 0 ? input[0] : 0;
        var status = Statuses[choice / 3 % Statuses.Length];
        using var answer = new FixedAnswer(status, input.AsSpan(Math.Min(1, input.Length)).ToArray());
        using var rest = new BinanceRest(new("http://127.0.0.1:9"), new(TimeProvider.System), TimeProvider.System, network: answer);
        try
        {
            Ask(rest, choice % 3);
        }
        catch (ExchangeException e)
        {
            BrokenPromiseException.ThrowIf(string.IsNullOrWhiteSpace(e.Message), "a refusal without a reason");
            return false;
        }

        BrokenPromiseException.ThrowIf(status != HttpStatusCode.OK, $"HTTP {(int)status} is taken for an answer");
        return true;
    }

    private static byte[] With(int choice, byte[] body) => [(byte)choice, .. body];

    private static void Ask(BinanceRest rest, int what)
    {
        switch (what)
        {
            case 0:
                var last = new Instant(-1);
                foreach (var candle in Wait(rest.GetKlinesAsync(Symbol, Minute, new(0), BinanceRest.MaxKlines, CancellationToken.None)))
                {
                    Promises.Keep(candle, Minute);
                    BrokenPromiseException.ThrowIf(candle.OpenTime <= last, "rows out of order");
                    last = candle.OpenTime;
                }

                break;
            case 1:
                foreach (var symbol in Wait(rest.GetSymbolsAsync(CancellationToken.None)))
                {
                    BrokenPromiseException.ThrowIf(symbol.Symbol is null, "a contract without a name");
                    var contract = FeedStartResolver.Specify(Symbol, symbol);
                    BrokenPromiseException.ThrowIf(contract.TickSize.Units <= 0 || contract.BaseAsset is null || contract.QuoteAsset is null, $"a contract of {contract}");
                }

                break;
            default:
                var time = Wait(rest.GetTimeAsync(CancellationToken.None));
                BrokenPromiseException.ThrowIf(time < new Instant(0) || time > Instant.Max, "a time outside the calendar");
                break;
        }
    }
}
