using ExtGap.Bot.Telegram;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class TelegramDeliveryTests
{
    [Fact(Timeout = 30_000)]
    public async Task Each_chat_gets_each_message_once_in_order_and_then_the_ledger_is_empty()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1", "-2", "@three");
        run.Put(Mail.Names("x", 6));
        run.Start();
        await run.AdvanceUntilAsync(() => Array.TrueForAll(run.Chats, chat => run.Sender.Taken(chat).Length == 6));

        Assert.All(run.Chats, chat => Assert.Equal(Mail.Names("x", 6), run.Sender.Taken(chat)));
        await Wait.UntilAsync(() => run.Status.Waiting == 0);
        Assert.All(run.Chats, chat => Assert.Equal(0, WaitingFor(run, chat)));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_blocked_chat_holds_the_others_back_not_at_all_and_gets_its_messages_when_it_is_back()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1", "2", "3");
        run.Sender.AnswerWith((chat, number) => chat == "2" && number == 0 ? new SendResult.ChatGone("blocked") : new SendResult.Sent());
        run.Put(Mail.Names("x", 5));
        run.Start();
        for (var i = 1; i <= 5; i++)
        {
            // The clock stands still: what the others get they get in the second in which they may.
            await Wait.UntilAsync(() => run.Sender.Taken("1").Length == i && run.Sender.Taken("3").Length == i);
            await Wait.UntilAsync(() => WaitingFor(run, "1") == 5 - i && WaitingFor(run, "3") == 5 - i);
            await Wait.UntilAsync(() => run.Time.IsSetTo(i < 5 ? TimeSpan.FromSeconds(1) : ChatDelivery.ParkedFor - TimeSpan.FromSeconds(4)));
            run.Time.AdvancePast(TimeSpan.FromSeconds(1));
        }

        await Wait.UntilAsync(() => run.Status.Troubles is ["2: blocked"]);
        Assert.Equal(5, run.Status.Waiting);
        Assert.Equal(1, run.Sender.StartedOf("2"));

        run.Time.Advance(TimeSpan.FromHours(1));
        await run.AdvanceUntilAsync(() => run.Sender.Taken("2").Length == 5);
        Assert.Equal(Mail.Names("x", 5), run.Sender.Taken("2"));
        await Wait.UntilAsync(() => run.Status is { Troubles: [], Waiting: 0 });
        Assert.Equal(1, run.Log.Count("takes no messages"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_lost_or_out_of_order_over_an_outage_of_five_minutes()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1", "2");
        var isOut = true;
        run.Sender.AnswerWith((_, _) => Volatile.Read(ref isOut) ? new SendResult.Failed("no route") : new SendResult.Sent());
        run.Start();
        for (var second = 0; second < 300; second++)
        {
            if (second % 60 == 0)
            {
                run.Put($"x {(second / 60) + 1}");
            }

            run.Time.Advance(TimeSpan.FromSeconds(1));
            await Wait.BrieflyAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(run.Sender.StartedOf("1"), 5, 11); // 1, 2, 4 … 60 s apart, and no more than that.
        Volatile.Write(ref isOut, false);
        await run.AdvanceUntilAsync(() => Array.TrueForAll(run.Chats, chat => run.Sender.Taken(chat).Length == 5));
        Assert.All(run.Chats, chat => Assert.Equal(Mail.Names("x", 5), run.Sender.Taken(chat)));
        await Wait.UntilAsync(() => run.Status is { Troubles: [], Waiting: 0 });
    }

    [Fact(Timeout = 30_000)]
    public async Task A_refused_token_turns_all_off_says_so_once_and_keeps_the_messages()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1", "2", "3");
        run.Sender.AnswerWith((_, _) => new SendResult.TokenRefused("Unauthorized"));
        run.Put("x 1");
        run.Start();
        await Wait.UntilAsync(() => run.Status.Off is not null && run.Sender.Started.Count == 3);
        run.Put("x 2");
        run.Time.Advance(TimeSpan.FromHours(2));
        run.Finish();
        await run.EndAsync();

        Assert.Equal(("Unauthorized", 2), (run.Status.Off, run.Status.Waiting));
        Assert.All(run.Sender.Started.Values, tries => Assert.Equal(1, tries));
        Assert.Equal(1, run.Log.Count("refuses the token"));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_exception_of_the_sender_is_a_failure_like_any_other_and_its_text_is_not_shown()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        run.Sender.Answer = (_, number, _) => number switch
        {
            0 => throw new InvalidOperationException("https://api.telegram.org/bot123:secret/"),
            1 => Task.FromException<SendResult>(new OperationCanceledException("not of ours")),
            _ => Task.FromResult<SendResult>(new SendResult.Sent()),
        };
        run.Put("x 1");
        run.Start();
        await Wait.UntilAsync(() => run.Status.Troubles is ["1: InvalidOperationException"]);
        await run.AdvanceUntilAsync(() => run.Sender.Taken("1").Length == 1);

        Assert.DoesNotContain(run.Log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(3, run.Sender.StartedOf("1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_that_Telegram_can_not_parse_goes_as_plain_text_and_one_in_no_form_gives_way_to_the_next()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        run.Sender.AnswerWith((_, number) => number < 2 ? new SendResult.Unacceptable("can't parse") : new SendResult.Sent());
        run.Put("<b>x</b> &amp; y", "x 2");
        run.Start();
        await run.AdvanceUntilAsync(() => run.Sender.Taken("1").Length == 1);

        Assert.Equal([("<b>x</b> &amp; y", true), ("x & y", false), ("x 2", true)], run.Sender.Tries("1"));
        Assert.Equal(1, run.Log.Count("is passed over"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_chat_that_refuses_for_no_known_reason_loses_nothing_is_told_and_gets_all_when_it_takes_messages_again()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        run.Sender.AnswerWith((_, number) => number < 6 ? new SendResult.Unexplained("SOMETHING_CLOSED") : new SendResult.Sent());
        run.Put("<b>x</b>", "x 2", "x 3");
        run.Start();
        for (var hour = 1; hour <= 3; hour++)
        {
            await RefuseBothFormsAsync(run);
            Assert.Equal((3, 2 * hour), (run.Status.Waiting, run.Sender.StartedOf("1")));
            Assert.Equal(["1: SOMETHING_CLOSED"], run.Status.Troubles);
            run.Time.AdvancePast(ChatDelivery.ParkedFor);
        }

        await run.AdvanceUntilAsync(() => run.Sender.Taken("1").Length == 3);
        Assert.Equal(["<b>x</b>", "x 2", "x 3"], run.Sender.Taken("1"));
        await Wait.UntilAsync(() => run.Status is { Troubles: [], Waiting: 0 });
        Assert.Equal((1, 1, 0), (run.Log.Count("takes no messages"), run.Log.Count("as plain text"), run.Log.Count("is passed over")));
    }

    [Fact(Timeout = 30_000)]
    public async Task Of_folded_messages_that_are_refused_for_no_known_reason_for_a_day_only_the_first_is_passed_over()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        run.Sender.AnswerWith((_, number) => number < 2 * ChatDelivery.MostRefusals ? new SendResult.Unexplained("SOMETHING_CLOSED") : new SendResult.Sent());
        run.Put(Mail.Names("gap", 5));
        run.Start();
        for (var hour = 1; hour < ChatDelivery.MostRefusals; hour++)
        {
            await RefuseBothFormsAsync(run);
            run.Time.AdvancePast(ChatDelivery.ParkedFor);
        }

        await run.AdvanceUntilAsync(() => run.Sender.Taken("1").Length == 1);
        Assert.Contains("gap 2", run.Sender.Taken("1")[0], StringComparison.Ordinal);
        Assert.Contains("gap 5", run.Sender.Taken("1")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("gap 1", run.Sender.Taken("1")[0], StringComparison.Ordinal);
        Assert.Equal(1, run.Log.Count("is passed over"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_group_that_has_moved_is_followed_at_once_and_after_the_next_start()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "-1");
        run.Sender.AnswerWith((chat, _) => chat == "-1" ? new SendResult.ChatMoved("-100") : new SendResult.Sent());
        run.Put("x 1");
        run.Start();
        await run.AdvanceUntilAsync(() => run.Sender.Taken("-100").Length == 1);

        using var reopened = run.Mail.Open("-1");
        Assert.Equal("-100", reopened.MovedTo("-1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task That_a_group_has_moved_is_written_into_each_ledger_also_where_nothing_was_on_its_way()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "-1");
        using var folder = new TempFolder();
        using var mail = new Mail(folder, "SECONDUSDT");
        using var outbox = mail.Open("-1");
        run.Sender.AnswerWith((chat, _) => chat == "-1" ? new SendResult.ChatMoved("-100") : new SendResult.Sent());
        run.Put("x 1");
        run.Start([Mail.Source(run.Outbox), Mail.Source(outbox)]);
        await run.AdvanceUntilAsync(() => run.Sender.Taken("-100").Length == 1);

        using var reopened = mail.Open("-1");
        Assert.Equal("-100", reopened.MovedTo("-1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Every_wake_up_is_heard_without_any_time_passing_beyond_the_pace()
    {
        await using var run = new DeliveryRun(TestContext.Current.CancellationToken, "1");
        run.Start();
        for (var i = 1; i <= 200; i++)
        {
            run.Put($"x {i}");
            await Wait.UntilAsync(() => run.Sender.Taken("1").Length == i && WaitingFor(run, "1") == 0);
            run.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    // The clock stands still but for the second between the two, so each wait is known.
    private static async Task RefuseBothFormsAsync(DeliveryRun run)
    {
        await Wait.UntilAsync(() => run.Time.IsSetTo(TimeSpan.FromSeconds(1)));
        run.Time.AdvancePast(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(() => run.Time.IsSetTo(ChatDelivery.ParkedFor));
    }

    private static int WaitingFor(DeliveryRun run, string chat)
    {
        using var outbox = run.Mail.Open(run.Chats);
        return outbox.Waiting(chat, 1000).Count;
    }
}
