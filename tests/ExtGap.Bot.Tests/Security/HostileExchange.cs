using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExtGap.Bot.Feed;
using ExtGap.Bot.Tests.Support;
using ExtGap.Core.Market;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Security;

/// <summary>What a REST API that means harm can do to a bot. See docs/security.md.</summary>
public sealed class HostileExchange
{
    private const string Endless = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

    [Theory(Timeout = 60_000)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_request_is_not_sent_on_to_another_address(int status)
    {
        await using var elsewhere = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"serverTime\":1}", TestContext.Current.CancellationToken);
        await using var server = new RawServer($"HTTP/1.1 {status} X\r\nLocation: {elsewhere.Url}fapi/v1/time\r\nContent-Length: 0\r\n\r\n", TestContext.Current.CancellationToken);
        var refusal = await FailAsync(server);

        Assert.Equal(0, elsewhere.Requests);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"sends elsewhere (HTTP {status})"), refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var server = RawServer.Endless(Endless, TestContext.Current.CancellationToken);
        await FailAsync(server);

        // What lies in the buffers of both sockets has been sent, too.
        Assert.InRange(server.Sent, 1, BinanceRest.MaxAnswerBytes + (32L * 1024 * 1024));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_small_answer_that_unpacks_to_a_huge_one_is_cut_off()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var block = new byte[1024 * 1024];
            for (var i = 0; i <= BinanceRest.MaxAnswerBytes / block.Length; i++)
            {
                await gzip.WriteAsync(block, TestContext.Current.CancellationToken);
            }
        }

        Assert.InRange(packed.Length, 1, BinanceRest.MaxAnswerBytes / 100);
        await using var server = new RawServer(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), stop);
            await stream.WriteAsync(packed.ToArray(), stop);
        }, TestContext.Current.CancellationToken);
        var refusal = await FailAsync(server);
        Assert.Contains("configured maximum", refusal.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task An_answer_that_can_not_be_unpacked_is_no_answer(string encoding)
    {
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: 10\r\n\r\nnot packed", TestContext.Current.CancellationToken);
        var refusal = await FailAsync(server);
        Assert.Contains("can't be unpacked", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fetch_whose_answer_can_not_be_unpacked_is_made_again()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 5.5 };
        var answers = new Queue<string>(["gzip", "br"]);
        exchange.Instead = path => Task.FromResult<(int, string, string)?>(path.Contains("klines", StringComparison.Ordinal) && answers.TryDequeue(out var encoding) ? (200, $"Content-Encoding: {encoding}\r\n", "not packed") : null);
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 3);
        await run.AdvanceUntilAsync(() => run.Log.Count("fetched 1") > 0);

        Assert.Equal("close 4", await run.NextAsync());
        Assert.Equal(2, run.Log.Count("can't be unpacked"));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_answer_that_comes_letter_by_letter_has_a_time_limit()
    {
        await using var server = RawServer.Dripping(Endless, TestContext.Current.CancellationToken);
        var refusal = await FailAsync(server, TimeSpan.FromSeconds(1));
        Assert.Equal("The exchange has not answered within 1 s.", refusal.Message);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("31536000")]
    [InlineData("2147483647")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    public async Task A_wait_of_a_year_is_cut_to_the_longest_ban_that_there_is(string retryAfter)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var server = new RawServer($"HTTP/1.1 429 X\r\nRetry-After: {retryAfter}\r\nContent-Length: 2\r\n\r\n{{}}", TestContext.Current.CancellationToken);
        using var rest = new BinanceRest(server.Url, new(time), time);
        var refusal = await FailAsync(rest);
        Assert.Equal(TimeSpan.FromDays(3), refusal.RetryAfter);

        time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        await FailAsync(rest);
        Assert.Equal(1, server.Requests);
        time.Advance(TimeSpan.FromSeconds(2));
        await FailAsync(rest);
        Assert.Equal(2, server.Requests);
    }

    [Fact(Timeout = 60_000)]
    public async Task Klines_from_before_the_time_that_was_asked_for_are_refused_so_that_no_backfill_goes_in_circles()
    {
        var rows = $"[{string.Join(',', Enumerable.Range(0, 100).Select(Frames.Row))}]";
        await using var server = new RawServer($"HTTP/1.1 200 OK\r\nContent-Length: {rows.Length}\r\n\r\n{rows}", TestContext.Current.CancellationToken);
        using var rest = new BinanceRest(server.Url, new(TimeProvider.System), TimeProvider.System);
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.Equal(100, (await rest.GetKlinesAsync(Symbol.Parse("BTCUSDT"), Minutes.Timeframe, Minutes.At(0), 100, cancellationToken)).Count);
        await Assert.ThrowsAsync<ExchangeException>(() => rest.GetKlinesAsync(Symbol.Parse("BTCUSDT"), Minutes.Timeframe, Minutes.At(1), 100, cancellationToken));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1_000_000)]
    [InlineData(12)]
    public Task A_time_far_ahead_that_comes_once_is_not_believed_by_the_clock(int wrong) =>
        AssertBelievedAsync([wrong, 10.5, wrong, 10.6], 10.5, 10.6, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public Task A_time_far_ahead_that_comes_twice_is_that_of_a_machine_that_slept() =>
        AssertBelievedAsync([10.5, 10.5, 10_000, 10_000.1], 10.5, 10_000, TestContext.Current.CancellationToken);

    [Fact(Timeout = 60_000)]
    public async Task A_time_far_ahead_that_comes_once_closes_no_candle_that_is_open()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 5.5 };
        var wrong = new Queue<string>(["""{"serverTime":253402300799999}"""]);
        exchange.Instead = path => Task.FromResult<(int, string, string)?>(
            path == "/fapi/v1/time" && exchange.Count("/market/stream") > 0 && wrong.TryDequeue(out var answer) ? (200, string.Empty, answer) : null);
        await using var run = new FeedRun(exchange.Server.StreamUrl, exchange.Server.ApiUrl, after: 3);
        await run.Log.WaitForAsync(": fetched ");

        Assert.Equal("close 4", await run.NextAsync());
        Assert.Empty(wrong);
        Assert.Equal(1, run.Log.Count("fetched 1 candle(s)"));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_it_says_of_an_error_is_one_short_line_that_does_nothing_to_a_terminal()
    {
        var body = """{"code":-1,"msg":"\u001b]0;owned\u0007\n2026-01-01 ERROR forged\r""" + new string('x', 100_000) + "\"}";
        await using var server = new RawServer($"HTTP/1.1 400 X\r\nContent-Length: {body.Length}\r\n\r\n{body}", TestContext.Current.CancellationToken);
        var refusal = await FailAsync(server);

        Assert.StartsWith(@"The exchange answers HTTP 400: \x1b]0;owned\x07\n2026-01-01 ERROR forged\rxxx", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Message.Length, 1, 600);
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_the_contracts_that_were_asked_for_count_and_no_text_of_its_own_gets_into_messages()
    {
        await using var exchange = new LoopbackExchange(TestContext.Current.CancellationToken) { Now = 5.5 };
        var info = """{"symbols":[{"symbol":"../../x","status":"TRADING"},{"symbol":"BTCUSDT","baseAsset":"\u001b[2J<b>\n/../x","quoteAsset":"QQ""" + new string('Q', 5000) + "\"}]}";
        exchange.Instead = path => Task.FromResult<(int, string, string)?>(path.Contains("exchangeInfo", StringComparison.Ordinal) ? (200, string.Empty, info) : null);
        using var feed = new BinanceFeed(Minutes.Timeframe, exchange.Server.StreamUrl, exchange.Server.ApiUrl, TimeProvider.System, new TestLog());
        var opening = await feed.OpenAsync([new(Symbol.Parse("BTCUSDT"), After: null, From: null, Since: null)], TestContext.Current.CancellationToken);

        var contract = Assert.Single(opening.Contracts).Specification;
        Assert.Equal("BTCUSDT", contract.Symbol.ToString());
        Assert.Equal("BTCUSDT", contract.BaseAsset);
        Assert.Equal("USD", contract.QuoteAsset);
    }

    /// <summary>Asks twice for the time of an exchange that tells one after the other, in minutes since the beginning.</summary>
    private static async Task AssertBelievedAsync(double[] told, double first, double second, CancellationToken cancellationToken)
    {
        var times = new Queue<double>(told);
        await using var server = new LoopbackServer(cancellationToken)
        {
            OnRequest = _ => Task.FromResult((200, string.Empty, string.Create(CultureInfo.InvariantCulture, $$"""{"serverTime":{{Minutes.At(times.Dequeue()).UnixMilliseconds}}}"""))),
        };
        var clock = new ExchangeClock(new FakeTimeProvider());
        using var rest = new BinanceRest(server.ApiUrl, clock, TimeProvider.System);
        Assert.Equal(Minutes.At(first), await rest.GetTimeAsync(cancellationToken));
        Assert.Equal(Minutes.At(second), await rest.GetTimeAsync(cancellationToken));
        Assert.Equal(Minutes.At(second), clock.Now);
    }

    private static async Task<ExchangeException> FailAsync(RawServer server, TimeSpan? timeout = null)
    {
        using var rest = new BinanceRest(server.Url, new(TimeProvider.System), TimeProvider.System, timeout);
        return await FailAsync(rest);
    }

    private static Task<ExchangeException> FailAsync(BinanceRest rest) =>
        Assert.ThrowsAsync<ExchangeException>(() => rest.GetTimeAsync(TestContext.Current.CancellationToken));
}
