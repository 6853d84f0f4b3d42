using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class ChatDeliveryTests
{
    private static readonly SendResult Sent = new SendResult.Sent();
    private static readonly SendResult Failed = new SendResult.Failed("no route");
    private static readonly SendResult Gone = new SendResult.ChatGone("blocked");
    private static readonly SendResult Unexplained = new SendResult.Unexplained("some reason");
    private static readonly SendResult Unacceptable = new SendResult.Unacceptable("can't parse");

    private readonly ChatDelivery _chat = new("7", movedTo: null);
    private TimeSpan _now = TimeSpan.FromSeconds(1000);

    public static TheoryData<string, string, double> Table => new()
    {
        { "sent", "Delivered", 1 },
        { "wait 0", "Again", 1 },
        { "wait 17", "Again", 17 },
        { "wait 86400", "Again", 86_400 },
        { "moved", "Again", 1 },
        { "gone", "Again", 3600 },
        { "unacceptable", "Again", 1 },
        { "unexplained", "Again", 1 },
        { "token", "TurnOff", 1 },
        { "failed", "Again", 1 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_result_has_its_step_and_its_wait(string result, string step, double seconds)
    {
        Assert.Equal(step, Try(Of(result)).ToString());
        Assert.False(_chat.IsSending);
        Assert.Equal(TimeSpan.FromSeconds(seconds), _chat.ReadyAt - _now);
    }

    [Fact]
    public void Failures_wait_twice_as_long_each_time_up_to_a_minute_for_hours()
    {
        var waits = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            Try(Failed);
            waits.Add((_chat.ReadyAt - _now).TotalSeconds);
            _now = _chat.ReadyAt;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits[..8]);
        Assert.All(waits[8..], wait => Assert.Equal(60, wait));
    }

    [Theory]
    [InlineData("sent")]
    [InlineData("wait 17")]
    [InlineData("unacceptable")]
    public void Any_answer_of_Telegrams_ends_a_row_of_failures(string answer)
    {
        Try(Failed, Failed, Failed);
        Assert.Equal("no route", _chat.LastFailure);
        Try(Of(answer));
        Assert.Null(_chat.LastFailure);
        _now = _chat.ReadyAt;
        Try(Failed);

        Assert.Equal(TimeSpan.FromSeconds(1), _chat.ReadyAt - _now);
    }

    [Fact]
    public void A_chat_that_is_gone_stays_parked_from_hour_to_hour_until_it_takes_a_message()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(DeliveryStep.Again, Try(Gone));
            Assert.Equal((TimeSpan.FromHours(1), "blocked"), (_chat.ReadyAt - _now, _chat.ParkedWhy));
            _now = _chat.ReadyAt;
        }

        Assert.Equal(DeliveryStep.Delivered, Try(Sent));
        Assert.Null(_chat.ParkedWhy);
        Assert.Equal(TimeSpan.FromSeconds(1), _chat.ReadyAt - _now);
    }

    [Fact]
    public void A_chat_that_reads_messages_again_is_no_longer_parked_even_where_it_can_not_take_this_one()
    {
        Try(Gone, Unacceptable);

        Assert.Null(_chat.ParkedWhy);
    }

    [Fact]
    public void What_can_not_be_taken_goes_once_more_as_plain_text_and_then_is_given_up()
    {
        Assert.Equal(DeliveryStep.Again, Try(Unacceptable));
        Assert.True(_chat.AsPlainText);
        Assert.Equal(DeliveryStep.Again, Try(Failed)); // An outage between does not bring the HTML back.
        Assert.True(_chat.AsPlainText);
        Assert.Equal(DeliveryStep.GiveUp, Try(Unacceptable));
        Assert.False(_chat.AsPlainText);
        Assert.Equal(DeliveryStep.Again, Try(Unacceptable)); // The next message has both tries of its own.
        Assert.Equal(DeliveryStep.Delivered, Try(Sent));
        Assert.False(_chat.AsPlainText);
    }

    [Fact]
    public void What_is_refused_for_no_known_reason_parks_the_chat_when_it_is_refused_as_plain_text_too()
    {
        Assert.Equal(DeliveryStep.Again, Try(Unexplained));
        Assert.Equal((true, (string?)null), (_chat.AsPlainText, _chat.ParkedWhy));
        _now = _chat.ReadyAt;
        Assert.Equal(DeliveryStep.Again, Try(Unexplained));
        Assert.Equal((false, "some reason"), (_chat.AsPlainText, _chat.ParkedWhy)); // In an hour it is tried as HTML, as it was meant.
        Assert.Equal(ChatDelivery.ParkedFor, _chat.ReadyAt - _now);

        Assert.Equal(DeliveryStep.Delivered, Try(Sent));
        Assert.Null(_chat.ParkedWhy);
    }

    [Fact]
    public void A_message_that_is_refused_for_no_known_reason_gives_way_after_a_day_and_the_next_one_has_a_day_too()
    {
        for (var message = 0; message < 2; message++)
        {
            for (var hour = 1; hour < ChatDelivery.MostRefusals; hour++)
            {
                Assert.Equal(DeliveryStep.Again, Try(Unexplained, Unexplained));
                Assert.Equal(DeliveryStep.Again, Try(Gone)); // This is the chat's fault, and says nothing of the message.
            }

            Assert.Equal(DeliveryStep.GiveUp, Try(Unexplained, Unexplained));
            Assert.Equal("blocked", _chat.ParkedWhy);
        }

        Try(Sent);
        for (var hour = 1; hour < ChatDelivery.MostRefusals; hour++)
        {
            Assert.Equal(DeliveryStep.Again, Try(Unexplained, Unexplained));
        }
    }

    [Fact]
    public void A_group_that_has_moved_is_written_to_at_its_new_number_and_keeps_its_name()
    {
        Try(new SendResult.ChatMoved("-100123"));
        Assert.Equal(("7", "-100123"), (_chat.Chat, _chat.Address));

        var restarted = new ChatDelivery("-5", "-100123");
        Assert.Equal(("-5", "-100123"), (restarted.Chat, restarted.Address));
    }

    [Theory]
    [InlineData("7", 20)]
    [InlineData("-7", 60)]
    [InlineData("@channel", 60)]
    public void Groups_and_channels_have_their_twenty_a_minute(string chat, int seconds)
    {
        var delivery = new ChatDelivery(chat, movedTo: null);
        for (var i = 0; i < 20; i++)
        {
            delivery.Sending(TimeSpan.FromSeconds(i));
            delivery.Ended(Sent, TimeSpan.FromSeconds(i));
        }

        Assert.Equal(TimeSpan.FromSeconds(seconds), delivery.ReadyAt);
    }

    [Fact]
    public void Whatever_comes_no_wait_that_Telegram_asked_for_or_that_the_pace_needs_is_cut_short()
    {
        string[] results = ["sent", "wait 3", "wait 90", "moved", "gone", "unacceptable", "unexplained", "failed"];
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var chat = new ChatDelivery(seed % 2 == 0 ? "7" : "-7", movedTo: null);
            var now = TimeSpan.Zero;
            for (var i = 0; i < 200; i++)
            {
                now = now > chat.ReadyAt ? now : chat.ReadyAt;
                chat.Sending(now);
                Assert.True(chat.IsSending);
                var sent = now;
                now += TimeSpan.FromMilliseconds(random.Next(3000));
                var result = Of(results[random.Next(results.Length)]);
                chat.Ended(result, now);

                Assert.True(chat.ReadyAt >= sent + TimeSpan.FromSeconds(1));
                Assert.True(result is not SendResult.TooMany many || chat.ReadyAt >= now + many.RetryAfter);
                Assert.True(result is not SendResult.ChatGone || chat.ReadyAt >= now + ChatDelivery.ParkedFor);
                Assert.True(chat.ReadyAt <= now + TimeSpan.FromHours(1));
            }
        }
    }

    private static SendResult Of(string result) => result.Split(' ') switch
    {
        ["sent"] => Sent,
        ["wait", var seconds] => new SendResult.TooMany(TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))),
        ["moved"] => new SendResult.ChatMoved("-100"),
        ["gone"] => Gone,
        ["unacceptable"] => Unacceptable,
        ["unexplained"] => Unexplained,
        ["token"] => new SendResult.TokenRefused("Unauthorized"),
        _ => Failed,
    };

    private DeliveryStep Try(params SendResult[] results)
    {
        var step = default(DeliveryStep);
        foreach (var result in results)
        {
            _chat.Sending(_now);
            step = _chat.Ended(result, _now);
        }

        return step;
    }
}
