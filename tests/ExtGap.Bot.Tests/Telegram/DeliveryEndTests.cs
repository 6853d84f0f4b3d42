using System.Collections;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class DeliveryEndTests
{
    [Fact(Timeout = 30_000)]
    public async Task An_idle_delivery_ends_at_once()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1", "2").Start();
        run.Finish();

        await run.EndAsync();
    }

    [Theory(Timeout = 30_000)]
    [InlineData("1")]
    [InlineData("1 2 3")]
    public async Task It_does_not_wait_for_chats_in_trouble(string troubled)
    {
        // The rest is idle: the clock stands still, so that any wait at all would last for ever.
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1", "2", "3");
        var chats = troubled.Split(' ');
        run.Sender.AnswerWith((chat, _) => !chats.Contains(chat) ? new SendResult.Sent() : chat == "2" ? new SendResult.Failed("no route") : new SendResult.ChatGone("blocked"));
        run.Put("x 1");
        run.Start();
        await Wait.UntilAsync(() => run.Status.Troubles.Count == chats.Length && run.Sender.Started.Count == 3);
        run.Finish();
        await run.EndAsync();

        Assert.Equal(1, run.Status.Waiting);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_waits_for_a_message_on_its_way_and_for_those_after_it()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        var answer = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Sender.Answer = (_, number, _) => number == 0 ? answer.Task : Task.FromResult<SendResult>(new SendResult.Sent());
        run.Put("x 1", "x 2");
        run.Start();
        await Wait.UntilAsync(() => run.Sender.StartedOf("1") == 1);
        run.Finish();
        await Wait.BrieflyAsync(TestContext.Current.CancellationToken);
        Assert.False(run.Running.IsCompleted);
        answer.SetResult(new SendResult.Sent());
        await run.AdvanceUntilAsync(() => run.Running.IsCompleted);

        Assert.Equal(["x 1", "x 2"], run.Sender.Taken("1"));
        Assert.Empty(Mail.Waiting(run.Outbox, "1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_last_message_that_comes_while_it_looks_is_not_left_behind()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        var source = new ActedUpon(Mail.Source(run.Outbox), () =>
        {
            run.Mail.Put("stopped");
            run.Finish();
        });
        run.Start(source);
        await Wait.UntilAsync(() => run.Running.IsCompleted);
        await run.EndAsync();

        Assert.Equal(["stopped"], run.Sender.Taken("1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_that_is_broken_off_stays_in_the_ledger()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        run.Sender.Answer = async (_, _, stop) =>
        {
            await Wait.ForeverAsync(stop);
            return new SendResult.Sent();
        };
        run.Put("x 1");
        run.Start();
        await Wait.UntilAsync(() => run.Sender.StartedOf("1") == 1);
        run.Cancel();
        await run.EndAsync();

        Assert.Equal(["x 1"], Mail.Waiting(run.Outbox, "1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_that_Telegram_took_while_all_was_broken_off_is_not_sent_again_at_the_next_start()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        var answer = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Sender.Answer = (_, _, _) => answer.Task;
        run.Put("x 1", "x 2");
        run.Start();
        await Wait.UntilAsync(() => run.Sender.StartedOf("1") == 1);
        run.Cancel();
        for (var i = 0; i < 10; i++)
        {
            await Wait.BrieflyAsync(TestContext.Current.CancellationToken); // The loop has ended and waits for what is on its way.
        }

        answer.SetResult(new SendResult.Sent());
        await run.EndAsync();

        Assert.Equal(["x 2"], Mail.Waiting(run.Outbox, "1"));
    }

    /// <summary>One source; the first time that all have been looked at, something happens.</summary>
    private sealed class ActedUpon(MessageSource source, Action act) : IReadOnlyList<MessageSource>
    {
        private Action? _act = act;
        private int _looks;

        public int Count => 1;

        public MessageSource this[int index] => index == 0 ? source : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<MessageSource> GetEnumerator()
        {
            yield return source;

            // The constructor looks first.
            if (_looks++ > 0)
            {
                _act?.Invoke();
                _act = null;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
