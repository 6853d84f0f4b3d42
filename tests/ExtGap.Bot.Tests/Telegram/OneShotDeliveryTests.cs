using ExtGap.Bot.Telegram;
using ExtGap.Bot.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ExtGap.Bot.Tests.Telegram;

public sealed class OneShotDeliveryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSender _sender = new();

    [Fact(Timeout = 30_000)]
    public async Task Every_chat_gets_the_plain_text_once()
    {
        var outcomes = await SendAsync(TestContext.Current.CancellationToken, "1", "2");

        Assert.All(outcomes, outcome => Assert.Null(outcome.Trouble));
        Assert.Equal([("<b>&", false)], _sender.Tries("1"));
        Assert.Equal([("<b>&", false)], _sender.Tries("2"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_wait_that_Telegram_asks_for_is_kept_where_it_fits_into_the_limit()
    {
        _sender.AnswerWith((_, number) => number == 0 ? new SendResult.TooMany(TimeSpan.FromSeconds(20)) : new SendResult.Sent());
        var started = _time.GetTimestamp();
        var outcomes = await SendAsync(TestContext.Current.CancellationToken, "1");

        Assert.Null(Assert.Single(outcomes).Trouble);
        Assert.InRange(_time.GetElapsedTime(started), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(22));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_wait_that_does_not_fit_is_told_at_once_and_holds_back_nobody()
    {
        _sender.AnswerWith((chat, _) => chat == "2" ? new SendResult.TooMany(TimeSpan.FromSeconds(30)) : new SendResult.Sent());
        var started = _time.GetTimestamp();
        var outcomes = await SendAsync(TestContext.Current.CancellationToken, "1", "2", "3");

        Assert.Equal([null, "Telegram asks to wait for 30 s", null], outcomes.Select(outcome => outcome.Trouble));
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(started));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_network_fault_is_tried_again_after_1_2_4_and_8_s_within_the_limit()
    {
        _sender.AnswerWith((_, _) => new SendResult.Failed("no route"));
        var outcomes = await SendAsync(TestContext.Current.CancellationToken, "1");

        Assert.Equal("no route", Assert.Single(outcomes).Trouble);
        Assert.Equal(5, _sender.StartedOf("1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_group_that_has_moved_is_followed()
    {
        _sender.AnswerWith((chat, _) => chat == "-7" ? new SendResult.ChatMoved("-1007") : new SendResult.Sent());
        var outcome = Assert.Single(await SendAsync(TestContext.Current.CancellationToken, "-7"));

        Assert.Equal(("-7", "-1007", (string?)null), (outcome.Chat, outcome.Address, outcome.Trouble));
        Assert.Equal(["<b>&"], _sender.Taken("-1007"));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_that_does_not_come_ends_it_at_the_limit_and_the_doubt_is_told()
    {
        _sender.Answer = async (_, _, stop) =>
        {
            await Wait.ForeverAsync(stop);
            return new SendResult.Sent();
        };
        var started = _time.GetTimestamp();
        var outcomes = await SendAsync(TestContext.Current.CancellationToken, "1");

        Assert.Contains("may have come through", Assert.Single(outcomes).Trouble, StringComparison.Ordinal);
        Assert.InRange(_time.GetElapsedTime(started), Limit, Limit + TimeSpan.FromSeconds(2));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chat_that_is_gone_and_a_refused_token_are_not_tried_again(bool isToken)
    {
        _sender.AnswerWith((_, _) => isToken ? new SendResult.TokenRefused("Unauthorized") : new SendResult.ChatGone("blocked"));
        var outcomes = await SendAsync(TestContext.Current.CancellationToken, "1", "2");

        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Trouble));
        Assert.Equal((1, 1), (_sender.StartedOf("1"), _sender.StartedOf("2")));
    }

    private async Task<IReadOnlyList<ChatOutcome>> SendAsync(CancellationToken cancellationToken, params string[] chats)
    {
        var sending = new OneShotDelivery(_sender, Limit, _time).SendAsync("<b>&", chats);
        while (!sending.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Wait.BrieflyAsync(cancellationToken);
        }

        return await sending;
    }
}
