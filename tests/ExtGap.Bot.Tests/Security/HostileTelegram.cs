using System.Text.Json;
using ExtGap.Bot.Telegram;
using ExtGap.Bot.Tests.Support;

namespace ExtGap.Bot.Tests.Security;

/// <summary>What a Telegram that means harm, or somebody in between, can do to a bot. See docs/security.md.</summary>
public sealed class HostileTelegram
{
    private const string Secret = "AAE-this_is_the-secret_half_of_a_token";
    private const string Token = "4242:" + Secret;

    [Theory(Timeout = 60_000)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_request_with_the_token_in_its_path_is_not_sent_on_to_another_address(int status)
    {
        await using var elsewhere = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", TestContext.Current.CancellationToken);
        await using var server = new RawServer($"HTTP/1.1 {status} X\r\nLocation: {elsewhere.Url}bot{Token}/sendMessage\r\nContent-Length: 0\r\n\r\n", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(Secret, (await FailAsync(server)).Why, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Requests);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(200)]
    [InlineData(400)]
    [InlineData(502)]
    public async Task An_answer_without_end_is_cut_off(int status)
    {
        await using var server = RawServer.Endless($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n\r\n", TestContext.Current.CancellationToken);
        await FailAsync(server);
        Assert.InRange(server.Sent, 1, TelegramBotSender.MaxAnswerBytes + (32L * 1024 * 1024));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(200)]
    [InlineData(400)]
    public async Task An_answer_that_comes_letter_by_letter_has_a_time_limit(int status)
    {
        await using var server = RawServer.Dripping($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n\r\n", TestContext.Current.CancellationToken);
        await FailAsync(server, TimeSpan.FromSeconds(1));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wait_of_years_is_cut_to_a_day()
    {
        await using var server = Refusing(429, "Too Many Requests", ",\"parameters\":{\"retry_after\":2147483647}");
        using var sender = new TelegramBotSender(TelegramToken.Parse(Token), server.Url);
        var result = await sender.SendAsync("1001", "text", isHtml: true, TestContext.Current.CancellationToken);
        Assert.Equal(new SendResult.TooMany(TimeSpan.FromDays(1)), result);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(400)]
    public async Task What_it_says_of_an_error_is_one_short_line_without_the_token_that_does_nothing_to_a_terminal(int status)
    {
        var description = $"\e[2J\e]0;owned\a for /bot{Token}/ and /bot{Token.Replace(":", "%3A", StringComparison.Ordinal)}/\n2026-01-01 ERROR forged\u202e {new string('x', 300_000)}";
        await using var server = Refusing(status, description, string.Empty);
        using var sender = new TelegramBotSender(TelegramToken.Parse(Token), server.Url);
        var why = await sender.SendAsync("1001", "text", isHtml: true, TestContext.Current.CancellationToken) switch
        {
            SendResult.Failed failed => failed.Why,
            SendResult.ChatGone gone => gone.Why,
            SendResult.Unexplained refused => refused.Why,
            var other => throw new InvalidOperationException(other.ToString()),
        };

        Assert.DoesNotContain(Secret, why, StringComparison.Ordinal);
        Assert.DoesNotContain(why, char.IsControl);
        Assert.Contains(@"\x1b[2J", why, StringComparison.Ordinal);
        Assert.Contains(@"\n2026-01-01 ERROR forged\u202e", why, StringComparison.Ordinal);
        Assert.InRange(why.Length, 1, 400);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_name_of_a_bot_is_one_short_line_that_does_nothing_to_a_terminal()
    {
        var body = "{\"ok\":true,\"result\":{\"id\":4242,\"is_bot\":true,\"first_name\":\"x\",\"username\":\"\\u001b]0;owned\\u0007\\n" + new string('x', 10_000) + "\"}}";
        await using var server = new RawServer($"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}", TestContext.Current.CancellationToken);
        using var sender = new TelegramBotSender(TelegramToken.Parse(Token), server.Url);
        var (_, name) = await sender.AskNameAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith(@"@\x1b]0;owned\x07\nxxx", name, StringComparison.Ordinal);
        Assert.InRange(name!.Length, 1, 100);
    }

    [Fact]
    public void Groups_that_move_in_a_ring_are_followed_ever_more_slowly()
    {
        var chat = new ChatDelivery("-1", movedTo: null);
        var now = TimeSpan.Zero;
        for (var i = 0; i < 20; i++)
        {
            chat.Sending(now);
            Assert.Equal(DeliveryStep.Again, chat.Ended(new SendResult.ChatMoved(i % 2 == 0 ? "-2" : "-1"), now));
            now = chat.ReadyAt;
        }

        Assert.InRange(now, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20));
        chat.Sending(now);
        Assert.Equal(DeliveryStep.Delivered, chat.Ended(new SendResult.Sent(), now));
        Assert.InRange(chat.ReadyAt - now, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private static RawServer Refusing(int status, string description, string more)
    {
        var body = $$"""{"ok":false,"error_code":{{status}},"description":{{JsonSerializer.Serialize(description)}}{{more}}}""";
        return new($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}", TestContext.Current.CancellationToken);
    }

    private static async Task<SendResult.Failed> FailAsync(RawServer server, TimeSpan? timeout = null)
    {
        using var sender = new TelegramBotSender(TelegramToken.Parse(Token), server.Url, timeout);
        return Assert.IsType<SendResult.Failed>(await sender.SendAsync("1001", "text", isHtml: true, TestContext.Current.CancellationToken));
    }
}
