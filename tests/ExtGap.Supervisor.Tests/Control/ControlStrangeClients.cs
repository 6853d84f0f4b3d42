using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Control;

public sealed class ControlStrangeClients
{
    private const string Reload = """{"verb":"reload"}""";
    private static readonly ControlRequest.Logs Follow = new([], false, 10, true);

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_asks_nothing_is_hung_up_on_after_20_s_while_others_are_served(bool saysHello)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
        await bench.Time.TimersAsync(ControlConnection.RequestLimit, 1, cancellationToken);
        if (saysHello)
        {
            await client.HelloAsync(cancellationToken);
            Assert.NotNull(await client.ReadHelloAsync(cancellationToken));
        }

        bench.Time.Advance(ControlConnection.RequestLimit - TimeSpan.FromMilliseconds(1));
        Assert.Equal([new ControlReply.Done(0)], await bench.AskAsync(new ControlRequest.Reload(), cancellationToken));
        Assert.Empty(bench.Log.Of(405));

        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        if (!saysHello)
        {
            Assert.Equal(ControlHello.Current, await client.ReadHelloAsync(cancellationToken));
        }

        Assert.Equal(new ControlReply.Failed(1, "Nothing was asked within 20 s."), await client.ReadReplyAsync(cancellationToken));
        Assert.Null(await client.ReadReplyAsync(cancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_a_busy_machine_keeps_from_asking_is_answered_all_the_same()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
        await client.HelloAsync(cancellationToken);
        Assert.NotNull(await client.ReadHelloAsync(cancellationToken));

        bench.Time.Advance(TimeSpan.FromSeconds(19));
        await client.SendAsync(Reload, cancellationToken);

        Assert.Equal(new ControlReply.Done(0), await client.ReadReplyAsync(cancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task Garbage_harms_nobody()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        for (var seed = 0; seed < 500; seed++)
        {
            using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
            try
            {
                if (seed % 2 == 0)
                {
                    await client.HelloAsync(cancellationToken);
                }

                await client.Stream.WriteAsync(Garbage.Of(new Random(seed)), cancellationToken);
                client.CloseSending();
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                // It was hung up on before it had said all.
            }

            await client.ReadToEndAsync(cancellationToken);
        }

        Assert.Equal([new ControlReply.Done(0)], await bench.AskAsync(new ControlRequest.Reload(), cancellationToken));
        Assert.Empty(bench.Log.Of(408));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_line_of_ten_megabytes_is_refused_at_its_first_bytes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
        var line = Encoding.ASCII.GetBytes(new string('x', 10_000_000) + "\n");
        await Assert.ThrowsAsync<IOException>(() => client.Stream.WriteAsync(line, cancellationToken).AsTask());

        Assert.NotNull(await client.ReadHelloAsync(cancellationToken));
        Assert.Contains("1 to 65536 bytes", Assert.IsType<ControlReply.Failed>(await client.ReadReplyAsync(cancellationToken)).Error, StringComparison.Ordinal);
        Assert.Equal([new ControlReply.Done(0)], await bench.AskAsync(new ControlRequest.Reload(), cancellationToken));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("""{"verb":"destroy"}""", "destroy")]
    [InlineData("""{"verb":"start","names":[null]}""", "a name is text")]
    [InlineData("""{"verb":"status","names":[],"intervalSeconds":0}""", "intervalSeconds")]
    [InlineData("""{"verb":"status","names":[],"intervalSeconds":1e300}""", "intervalSeconds")]
    [InlineData("""{"verb":"logs","names":[],"stderr":false,"lines":-1,"follow":false}""", "lines")]
    public async Task A_request_that_makes_no_sense_is_told_so(string json, string part)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
        await client.HelloAsync(cancellationToken);
        Assert.NotNull(await client.ReadHelloAsync(cancellationToken));
        await client.SendAsync(json, cancellationToken);
        Assert.Contains(part, Assert.IsType<ControlReply.Failed>(await client.ReadReplyAsync(cancellationToken)).Error, StringComparison.Ordinal);
        Assert.Null(await client.ReadReplyAsync(cancellationToken));
        Assert.False(bench.Handler.Asked.IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_of_another_protocol_is_told_both_versions_and_the_remedy()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
        await client.SendAsync("""{"protocol":2,"version":"9.9.9","more":true}""", cancellationToken);
        Assert.Equal(ControlHello.Current, await client.ReadHelloAsync(cancellationToken));
        var error = Assert.IsType<ControlReply.Failed>(await client.ReadReplyAsync(cancellationToken)).Error;
        Assert.StartsWith("This extgap (9.9.9) speaks control protocol 2, the running supervisor (ExtGap 0.1.0) speaks 1: run extgap stop-all", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_goes_within_a_message_is_forgotten()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench().Start();
        using (var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken))
        {
            await client.Stream.WriteAsync(RawClient.Frame(Reload).AsMemory(0, 9), cancellationToken);
        }

        await bench.Log.SeenAsync(405, cancellationToken);
        Assert.Equal([new ControlReply.Done(0)], await bench.AskAsync(new ControlRequest.Reload(), cancellationToken));
        Assert.Empty(bench.Log.Of(408));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_does_not_take_its_reply_is_hung_up_on_after_half_a_minute()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench((_, end) => Replies.Megabytes(8, end)).Start();
        using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
        await client.HelloAsync(cancellationToken);
        await client.SendAsync(Reload, cancellationToken);
        await bench.Time.TimersAsync(ControlConnection.ReplyLimit, 1, cancellationToken);

        bench.Time.Advance(ControlConnection.ReplyLimit);

        await bench.Log.SeenAsync(405, cancellationToken);
        await bench.Handler.Cancelled.WaitAsync(cancellationToken);
        await client.ReadToEndAsync(cancellationToken);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_follows_may_be_as_slow_as_it_likes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench((_, end) => Replies.Megabytes(8, end)).Start();
        await using var client = await bench.ConnectAsync(cancellationToken);
        await using var replies = client.AskAsync(Follow, cancellationToken).GetAsyncEnumerator(cancellationToken);
        Assert.True(await replies.MoveNextAsync());

        bench.Time.Advance(TimeSpan.FromHours(5));

        Assert.False(bench.Handler.Cancelled.IsCompleted);
        for (var i = 1; i < 9; i++)
        {
            Assert.True(await replies.MoveNextAsync());
        }

        Assert.IsType<ControlReply.Done>(replies.Current);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_hangs_up_cancels_its_handler_even_while_that_waits()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench(Replies.Waiting).Start();
        await using (var client = await bench.ConnectAsync(cancellationToken))
        {
            await foreach (var reply in client.AskAsync(Follow, cancellationToken))
            {
                break;
            }

            Assert.False(bench.Handler.Cancelled.IsCompleted);
        }

        await bench.Handler.Cancelled.WaitAsync(cancellationToken);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_hangs_up_before_it_takes_a_long_reply_cancels_its_handler()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench((_, end) => Replies.Megabytes(int.MaxValue, end)).Start();
        using (var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken))
        {
            await client.HelloAsync(cancellationToken);
            await client.SendAsync("""{"verb":"logs","names":[],"stderr":false,"lines":1,"follow":true}""", cancellationToken);
            await bench.Handler.Asked.WaitAsync(cancellationToken);
        }

        await bench.Handler.Cancelled.WaitAsync(cancellationToken);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_hangs_up_on_a_handler_that_then_ends_quietly_is_no_fault()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench((_, end) => EndQuietlyAsync(end)).Start();
        await using (var client = await bench.ConnectAsync(cancellationToken))
        {
            await client.AskAsync(Follow, cancellationToken).FirstAsync(cancellationToken);
        }

        await bench.Handler.Cancelled.WaitAsync(cancellationToken);
        await bench.Server.CompleteAsync();
        Assert.Empty(bench.Log.Of(407));
        Assert.Empty(bench.Log.Of(408));

        static async IAsyncEnumerable<ControlReply> EndQuietlyAsync([EnumeratorCancellation] CancellationToken end)
        {
            yield return new ControlReply.Progress("following");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task One_that_goes_on_after_its_request_is_hung_up_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench(Replies.Waiting).Start();
        using var client = await RawClient.ConnectAsync(bench.Socket, cancellationToken);
        await client.HelloAsync(cancellationToken);
        await client.SendAsync(Reload, cancellationToken);
        await client.SendAsync(Reload, cancellationToken);
        await client.ReadToEndAsync(cancellationToken);
        await bench.Handler.Cancelled.WaitAsync(cancellationToken);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_follower_that_does_not_read_holds_up_no_other()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var words = Channel.CreateUnbounded<string>();
        await using var bench = new ControlBench((request, end) => request is ControlRequest.Logs ? Replies.Megabytes(100, end) : Replies.From(words.Reader, end)).Start();
        await using var slow = await bench.ConnectAsync(cancellationToken);
        await using var replies = slow.AskAsync(Follow, cancellationToken).GetAsyncEnumerator(cancellationToken);
        Assert.True(await replies.MoveNextAsync());

        words.Writer.TryWrite("served");
        words.Writer.Complete();
        Assert.Equal([new ControlReply.Progress("served"), new ControlReply.Done(0)], await bench.AskAsync(new ControlRequest.Reload(), cancellationToken));
    }
}
