using System.Threading.Channels;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Tests.Control;

public sealed class ControlServing
{
    private static readonly ControlRequest.Status Once = new([], null);

    [Fact(Timeout = 30_000)]
    public async Task Replies_come_in_order_and_nothing_after_the_last_one()
    {
        await using var bench = new ControlBench((request, _) => Say(new ControlReply.Progress("one"), new ControlReply.Progress("two"), new ControlReply.Done(3), new ControlReply.Progress("three"))).Start();
        var replies = await bench.AskAsync(Once, TestContext.Current.CancellationToken);
        Assert.Equal([new ControlReply.Progress("one"), new ControlReply.Progress("two"), new ControlReply.Done(3)], replies);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_hundred_clients_are_answered_at_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await using var bench = new ControlBench((request, _) => AnswerAsync(((ControlRequest.Start)request).Names[0])).Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => bench.AskAsync(new ControlRequest.Start([$"p{i}"]), cancellationToken)));

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"p{i}"), answers.Select(replies => ((ControlReply.Progress)replies[0]).Text));

        // None is answered before all have asked.
        async IAsyncEnumerable<ControlReply> AnswerAsync(string name)
        {
            if (Interlocked.Increment(ref asked) == 100)
            {
                all.SetResult();
            }

            await all.Task;
            yield return new ControlReply.Progress(name);
            yield return new ControlReply.Done(0);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_handler_that_fails_is_told_without_its_secrets_and_the_server_lives_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench((_, _) => throw new IOException("bot123:secret")).Start();
        for (var i = 0; i < 2; i++)
        {
            var failed = Assert.IsType<ControlReply.Failed>(Assert.Single(await bench.AskAsync(Once, cancellationToken)));
            Assert.Equal(1, failed.ExitCode);
            Assert.DoesNotContain("secret", failed.Error, StringComparison.Ordinal);
        }

        Assert.Equal(2, bench.Log.Of(406).Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_error_for_the_user_reaches_him_as_it_is()
    {
        await using var bench = new ControlBench((_, _) => throw new SupervisorException(ExitCode.Usage, "There is no program 5m.")).Start();
        var replies = await bench.AskAsync(Once, TestContext.Current.CancellationToken);
        Assert.Equal([new ControlReply.Failed(64, "There is no program 5m.")], replies);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_handler_that_says_nothing_is_a_failure()
    {
        await using var bench = new ControlBench((_, _) => Say()).Start();
        var replies = await bench.AskAsync(Once, TestContext.Current.CancellationToken);
        Assert.IsType<ControlReply.Failed>(Assert.Single(replies));
        Assert.Single(bench.Log.Of(407));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reply_beyond_eight_megabytes_is_told_instead_of_sent()
    {
        await using var bench = new ControlBench((_, _) => Say(new ControlReply.LogLines("3m", new('x', ControlFraming.MaxReplyBytes)))).Start();
        var replies = await bench.AskAsync(Once, TestContext.Current.CancellationToken);
        Assert.Contains("ask for less", Assert.IsType<ControlReply.Failed>(Assert.Single(replies)).Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Many_megabytes_pass()
    {
        await using var bench = new ControlBench((_, cancellationToken) => Replies.Megabytes(20, cancellationToken)).Start();
        var replies = await bench.AskAsync(Once, TestContext.Current.CancellationToken);
        Assert.Equal(21, replies.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_last_reply_reaches_its_client_before_an_orderly_end_is_over()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var words = Channel.CreateUnbounded<string>();
        await using var bench = new ControlBench((_, end) => Replies.From(words.Reader, end)).Start();
        var asking = bench.AskAsync(new ControlRequest.StopAll(false), cancellationToken);
        await bench.Handler.Asked.WaitAsync(cancellationToken);

        var completing = bench.Server.CompleteAsync();
        await bench.Time.TimersAsync(ControlServer.StopLimit, 1, cancellationToken);
        Assert.False(File.Exists(bench.Socket));
        Assert.False(completing.IsCompleted);
        words.Writer.Complete();
        await completing;

        Assert.Equal([new ControlReply.Done(0)], await asking);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_that_does_not_end_is_cancelled_when_the_limit_of_an_orderly_end_has_passed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench(Replies.Waiting).Start();
        await using var client = await bench.ConnectAsync(cancellationToken);
        await using var replies = client.AskAsync(new ControlRequest.StartAll(IsNew: false), cancellationToken).GetAsyncEnumerator(cancellationToken);
        Assert.True(await replies.MoveNextAsync());

        var completing = bench.Server.CompleteAsync();
        await bench.Time.TimersAsync(ControlServer.StopLimit, 1, cancellationToken);
        bench.Time.Advance(ControlServer.StopLimit);
        await completing;

        Assert.True(await replies.MoveNextAsync());
        Assert.Equal(new ControlReply.Failed(1, "The supervisor is stopping.", IsEnding: true), replies.Current);
        Assert.Single(bench.Log.Of(409));
    }

    [Fact(Timeout = 30_000)]
    public async Task Those_who_follow_are_told_at_once_that_the_supervisor_stops()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bench = new ControlBench(Replies.Waiting).Start();
        await using var client = await bench.ConnectAsync(cancellationToken);
        await using var replies = client.AskAsync(new ControlRequest.Logs([], false, 10, true), cancellationToken).GetAsyncEnumerator(cancellationToken);
        Assert.True(await replies.MoveNextAsync());

        await bench.Server.CompleteAsync();

        Assert.True(await replies.MoveNextAsync());
        Assert.Equal(new ControlReply.Failed(1, "The supervisor is stopping.", IsEnding: true), replies.Current);
    }

    private static async IAsyncEnumerable<ControlReply> Say(params ControlReply[] replies)
    {
        foreach (var reply in replies)
        {
            await Task.Yield();
            yield return reply;
        }
    }
}
