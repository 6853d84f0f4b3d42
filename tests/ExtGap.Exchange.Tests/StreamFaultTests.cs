using System.Net.WebSockets;
using System.Text.Json;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

/// <summary>What a client sees of each fault of the streams; ten minutes are played, two frames of each, as fast as they are taken.</summary>
public sealed class StreamFaultTests
{
    private const int Minutes = 10;

    // The sample starts at a midnight, so that minute 0 is a multiple of every number here.
    private static readonly string[] Clean = [.. Enumerable.Range(0, Minutes).SelectMany(i => (string[])[$"{i}", $"{i}x"])];

    [Theory(Timeout = 30_000)]
    [InlineData("close-lost", "0 1 2 3 4 5 6 7 8 9")]
    [InlineData("close-lost=4", "0 1 1x 2 2x 3 3x 4 5 5x 6 6x 7 7x 8 9 9x")]
    [InlineData("close-lost=4,times=2", "0 1 1x 2 2x 3 3x 4 5 5x 6 6x 7 7x 8 8x 9 9x")]
    [InlineData("close-repeated=5", "0 0x 0x 1 1x 2 2x 3 3x 4 4x 5 5x 5x 6 6x 7 7x 8 8x 9 9x")]
    [InlineData("late-repeat=5", "0 0x 1 1x 0x 2 2x 3 3x 4 4x 5 5x 6 6x 5x 7 7x 8 8x 9 9x")]
    [InlineData("out-of-order=5", "0 1 0x 1x 2 2x 3 3x 4 4x 5 6 5x 6x 7 7x 8 8x 9 9x")]
    [InlineData("lost=5", "1 1x 2 2x 3 3x 4 4x 6 6x 7 7x 8 8x 9 9x")]
    [InlineData("lost=1,times=2", "2 2x 3 3x 4 4x 5 5x 6 6x 7 7x 8 8x 9 9x")]
    [InlineData("hole=5", "1 1x 2 2x 3 3x 4 4x 6 6x 7 7x 8 8x 9 9x")]
    [InlineData("hole=1,times=3", "3 3x 4 4x 5 5x 6 6x 7 7x 8 8x 9 9x")]
    [InlineData("hole=2@3m", "3 3x 4 4x 5 5x 9 9x")]
    [InlineData("close-lost=5 close-repeated=3 lost=4", "1 1x 2 2x 3 3x 3x 5 6 6x 6x 7 7x 9 9x 9x")]
    public async Task Frames_come_as_the_fault_says(string faults, string expected)
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, faults);
        Assert.Equal(expected, string.Join(' ', await ReceiveAsync(server)));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("lost=5", 10)]
    [InlineData("hole=5", 8)]
    [InlineData("close-lost", 10)]
    public async Task What_the_stream_did_not_tell_REST_has_unless_it_does_not_exist(string fault, int rows)
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, fault);
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        var receiving = client.ReceiveAllAsync();
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(rows, (await TestExchange.KlinesAsync(server, "1m")).Count);
        await server.StopAsync(isEnd: true);
        await receiving;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_longer_candle_is_made_of_what_is_left_by_a_hole()
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var rest = await PlayAsync(klines, "hole=5");
        using var client = await StreamClient.ConnectAsync(rest, "/market/ws/testusdt@kline_5m");
        var frames = new List<JsonElement>();
        while (frames.Count(frame => frame.GetProperty("k").GetProperty("x").GetBoolean()) < 2)
        {
            frames.Add(await client.ReceiveAsync());
        }

        // The minute 0 is missing: the candle has its own open time and the open of minute 1.
        var first = frames[0].GetProperty("k");
        Assert.Equal(SampleKlines.Start, first.GetProperty("t").GetInt64());
        Assert.Equal(SampleKlines.Line(1).Split(',')[1], first.GetProperty("o").GetString());
        Assert.Equal(SampleKlines.Line(1).Split(',')[1], (await TestExchange.KlinesAsync(rest, "5m"))[0][1].GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_late_close_holds_back_the_next_candle_and_the_end()
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, "close-late=40s");
        var frames = await FramesAsync(server);
        Assert.Equal(Clean, frames.ConvertAll(Show), StringComparer.Ordinal);
        foreach (var frame in frames.Where(frame => frame.GetProperty("k").GetProperty("x").GetBoolean()))
        {
            Assert.Equal(frame.GetProperty("k").GetProperty("T").GetInt64() + 1 + 42_000, frame.GetProperty("E").GetInt64());
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_late_close_at_a_speed_comes_before_the_end_too()
    {
        using var klines = SampleKlines.Minutes(3);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Speed = 1000, Faults = ["close-late=40s,times=2"] });
        var frames = await FramesAsync(server);
        Assert.Equal(
            [42_001, 42_001, 2001],
            frames.Where(frame => frame.GetProperty("k").GetProperty("x").GetBoolean()).Select(frame => frame.GetProperty("E").GetInt64() - frame.GetProperty("k").GetProperty("T").GetInt64()));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/market/ws/testusdt@kline_1m")]
    [InlineData("/market/stream?streams=testusdt@kline_1m")]
    public async Task Garbage_comes_between_the_good_frames_which_stay_whole(string path)
    {
        using var klines = SampleKlines.Minutes(40);
        await using var server = await PlayAsync(klines, "garbage=2");
        using var client = await StreamClient.ConnectAsync(server, path);
        var receiving = TextsAsync(client);
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(isEnd: true);
        var (texts, binaries) = await receiving;
        await using var clean = await PlayAsync(klines);
        using var other = await StreamClient.ConnectAsync(clean, path);
        var good = TextsAsync(other);
        await clean.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await clean.StopAsync(isEnd: true);
        var expected = (await good).Texts;
        Assert.Equal(expected, texts.Where(expected.Contains), StringComparer.Ordinal);
        var garbage = texts.Except(expected, StringComparer.Ordinal).ToList();
        Assert.Equal(120, texts.Count + binaries);
        Assert.InRange(binaries, 2, 3);
        Assert.Contains(garbage, text => text.Length > 100_000);
        Assert.Contains(garbage, text => text.Length == 0);
        Assert.Contains(garbage, text => text.Contains("WRONGUSDT", StringComparison.Ordinal));
        Assert.Contains(garbage, text => text.Contains("\"o\":\"-1.5\"", StringComparison.Ordinal));
        Assert.Contains(garbage, text => text.Contains("\"h\":\"0.00000001\"", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task In_silence_a_connection_is_answered_but_hears_nothing_until_it_is_over()
    {
        using var klines = SampleKlines.Minutes(3000);
        await using var server = await TestExchange.PlayAsync(klines, o => o with { Speed = 10_000, Faults = ["silence"] });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        await TestExchange.WaitForAsync(server, state => state.GetProperty("frames").GetInt64() > 200);
        await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal("""{"result":["testusdt@kline_1m"],"id":1}""", await client.ReceiveTextAsync());
        await TestExchange.ClearAsync(server);
        Assert.True((await client.ReceiveAsync()).GetProperty("E").GetInt64() > SampleKlines.Start + 40_000);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("stand-still", double.PositiveInfinity)]
    [InlineData("stand-still", 1000)]
    [InlineData("silence", double.PositiveInfinity)]
    public async Task The_clock_stands_while_it_is_held_and_then_goes_on_with_nothing_lost(string fault, double speed)
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await TestExchange.PlayAsync(
            klines, o => o with { Speed = speed, UpdateInterval = TimeSpan.FromMinutes(1), Faults = [fault] });
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        await TestExchange.WaitForAsync(server, state => state.GetProperty("subscribers").GetInt32() == 1);
        var receiving = client.ReceiveAllAsync();
        await client.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        Assert.Equal(SampleKlines.Start, server.Now.UnixMilliseconds);
        var (_, state) = await TestExchange.GetAsync(server, "/control");
        Assert.False(state.GetProperty("running").GetBoolean());
        await TestExchange.ClearAsync(server);
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(isEnd: true);
        Assert.Equal(Clean, (await receiving).Where(frame => frame.TryGetProperty("k", out _)).Select(Show), StringComparer.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_hold_with_a_time_ends_by_itself()
    {
        using var klines = SampleKlines.Minutes(Minutes);
        var since = TimeProvider.System.GetTimestamp();
        await using var server = await PlayAsync(klines, "stand-still,for=200ms");
        Assert.Equal(Clean, await ReceiveAsync(server), StringComparer.Ordinal);

        // The hold begins with the server; a timer may be a few milliseconds early.
        Assert.True(TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromMilliseconds(190));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_hole_that_is_made_while_the_market_runs_leaves_the_past_as_it_was()
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, "stand-still");
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        await TestExchange.WaitForAsync(server, state => state.GetProperty("subscribers").GetInt32() == 1);
        await TestExchange.SetAsync(server, "hole=1,times=2");
        var receiving = client.ReceiveAllAsync();
        await TestExchange.ClearAsync(server, "stand-still");
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(isEnd: true);
        Assert.Equal("0 0x 3 3x 4 4x 5 5x 6 6x 7 7x 8 8x 9 9x", string.Join(' ', (await receiving).Select(Show)));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_drop_breaks_every_connection_off_without_a_close_frame()
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, "stand-still");
        using var first = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        using var second = await StreamClient.ConnectAsync(server, "/market/ws");
        await TestExchange.WaitForAsync(server, state => state.GetProperty("clients").GetInt32() == 2);
        var (one, two) = (first.ReceiveTextAsync(), second.ReceiveTextAsync());
        await TestExchange.SetAsync(server, "drop");
        await Assert.ThrowsAsync<WebSocketException>(() => one);
        await Assert.ThrowsAsync<WebSocketException>(() => two);
        await TestExchange.WaitForAsync(server, state => state.GetProperty("clients").GetInt32() == 0);
        using var third = await StreamClient.ConnectAsync(server, "/market/ws");
        Assert.Equal("""{"result":[],"id":1}""", await third.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}"""));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_drop_with_a_time_comes_again()
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, "stand-still", "drop=50ms,times=3");
        for (var i = 0; i < 3; i++)
        {
            using var client = await StreamClient.ConnectAsync(server, "/market/ws");
            await Assert.ThrowsAsync<WebSocketException>(client.ReceiveTextAsync);
        }

        var (_, faults) = await TestExchange.GetAsync(server, "/control/faults");
        Assert.Equal(3, faults.GetProperty("injected").GetProperty("drop").GetInt32());
        Assert.Single(faults.GetProperty("active").EnumerateArray());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_is_closed_with_a_close_frame_when_it_is_too_old()
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, "stand-still", "cut-after=100ms,times=2");
        for (var i = 0; i < 2; i++)
        {
            using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
            Assert.Empty(await client.ReceiveAllAsync());
            Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("refuse-stream", "403")]
    [InlineData("refuse-stream=429", "429")]
    [InlineData("refuse-stream=451", "451")]
    [InlineData("refuse-stream=500", "500")]
    public async Task A_handshake_is_refused_with_the_status(string fault, string status)
    {
        using var klines = SampleKlines.Minutes(Minutes);
        await using var server = await PlayAsync(klines, "stand-still", fault + ",times=1");
        var e = await Assert.ThrowsAsync<WebSocketException>(() => StreamClient.ConnectAsync(server, "/market/ws"));
        Assert.Contains(status, e.Message, StringComparison.Ordinal);
        using var client = await StreamClient.ConnectAsync(server, "/market/ws");
        Assert.Equal("""{"result":[],"id":1}""", await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}"""));
    }

    private static Task<ExchangeServer> PlayAsync(SampleKlines klines, params string[] faults) => TestExchange.PlayAsync(
        klines, o => o with { UpdateInterval = TimeSpan.FromMinutes(1), Faults = [.. faults.SelectMany(fault => fault.Split(' '))] });

    private static async Task<List<string>> ReceiveAsync(ExchangeServer server) => (await FramesAsync(server)).ConvertAll(Show);

    private static async Task<List<JsonElement>> FramesAsync(ExchangeServer server)
    {
        using var client = await StreamClient.ConnectAsync(server, "/market/ws/testusdt@kline_1m");
        var receiving = client.ReceiveAllAsync();
        await server.Ended.WaitAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(isEnd: true);
        return await receiving;
    }

    private static async Task<(List<string> Texts, int Binaries)> TextsAsync(StreamClient client)
    {
        var texts = new List<string>();
        var binaries = 0;
        while (await client.ReceiveTextAsync() is { } text)
        {
            if (client.WasBinary)
            {
                binaries++;
            }
            else
            {
                texts.Add(text);
            }
        }

        return (texts, binaries);
    }

    /// <summary>The minute, and an x where it is closed.</summary>
    private static string Show(JsonElement frame)
    {
        var candle = frame.GetProperty("k");
        var minute = (candle.GetProperty("t").GetInt64() - SampleKlines.Start) / 60_000;
        return candle.GetProperty("x").GetBoolean() ? $"{minute}x" : $"{minute}";
    }
}
