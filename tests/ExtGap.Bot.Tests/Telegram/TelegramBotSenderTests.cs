using System.Net;
using System.Text;
using System.Text.Json;
using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Tests.Telegram;

/// <summary>What Telegram's answers mean for a message, its chat and the token.</summary>
public sealed class TelegramBotSenderTests
{
    [Theory]
    [InlineData("Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0")]
    [InlineData("Bad Request: message is too long")]
    [InlineData("Bad Request: MESSAGE_TOO_LONG")]
    [InlineData("Bad Request: message text is empty")]
    [InlineData("Bad Request: text must be encoded in UTF-8")]
    [InlineData("Bad Request: text must be non-empty")]
    [InlineData("Bad Request: ENTITY_BOUNDS_INVALID")]
    [InlineData("Request Entity Too Large", 413)]
    public async Task What_is_about_the_text_is_the_messages_own_fault(string description, int status = 400) =>
        Assert.IsType<SendResult.Unacceptable>(await SendAsync(status, Refusal(status, description)));

    [Theory]
    [InlineData("Bad Request: chat not found")]
    [InlineData("Bad Request: not enough rights to send text messages to the chat")]
    [InlineData("Bad Request: have no rights to send a message")]
    [InlineData("Bad Request: TOPIC_CLOSED")]
    [InlineData("Bad Request: TOPIC_DELETED")]
    [InlineData("Bad Request: CHAT_RESTRICTED")]
    [InlineData("Bad Request: CHAT_SEND_PLAIN_FORBIDDEN")]
    [InlineData("Bad Request: CHAT_ADMIN_REQUIRED")]
    [InlineData("Bad Request: USER_BANNED_IN_CHANNEL")]
    [InlineData("Bad Request: CHANNEL_PRIVATE")]
    [InlineData("Bad Request: group is deactivated")]
    [InlineData("Forbidden: bot was blocked by the user", 403)]
    public async Task What_is_about_the_chat_parks_it(string description, int status = 400) =>
        Assert.Equal(new SendResult.ChatGone(description), await SendAsync(status, Refusal(status, description)));

    [Theory]
    [InlineData("Bad Request: SOMETHING_THAT_CAME_WITH_A_LATER_VERSION")]
    [InlineData("Bad Request")]
    [InlineData("can't parse the request's body")]
    public async Task Another_refusal_is_not_taken_for_the_messages_fault(string description) =>
        Assert.Equal(new SendResult.Unexplained(description), await SendAsync(400, Refusal(400, description)));

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(404, "Not Found")]
    public async Task Telegrams_own_word_refuses_the_token(int status, string description)
    {
        Assert.Equal(new SendResult.TokenRefused(description), await SendAsync(status, Refusal(status, description)));
        Assert.Equal(new SendResult.TokenRefused(description), await AskNameAsync(status, Refusal(status, description)));
    }

    [Theory]
    [InlineData(401, "<html>Log in to this network</html>")]
    [InlineData(404, "<html>Not Found</html>")]
    [InlineData(404, "")]
    [InlineData(404, "{}")]
    [InlineData(401, "{\"error\":\"login needed\"}")]
    [InlineData(404, "{\"detail\":\"Not Found\"}")]
    [InlineData(404, "{\"description\":\"Not Found\"}")]
    [InlineData(404, "[404]")]
    public async Task The_same_status_in_other_words_is_a_failure_that_is_tried_again(int status, string body)
    {
        Assert.Contains($"HTTP {status}", Assert.IsType<SendResult.Failed>(await SendAsync(status, body)).Why, StringComparison.Ordinal);
        Assert.IsType<SendResult.Failed>(await AskNameAsync(status, body));
    }

    private static string Refusal(int status, string description) => $$"""{"ok":false,"error_code":{{status}},"description":{{JsonSerializer.Serialize(description)}}}""";

    private static async Task<SendResult> SendAsync(int status, string body)
    {
        using var network = new FixedAnswer(status, body);
        using var sender = Sender(network);
        return await sender.SendAsync("1001", "<b>text</b>", isHtml: true, TestContext.Current.CancellationToken);
    }

    private static async Task<SendResult> AskNameAsync(int status, string body)
    {
        using var network = new FixedAnswer(status, body);
        using var sender = Sender(network);
        return (await sender.AskNameAsync(TestContext.Current.CancellationToken)).Result;
    }

    private static TelegramBotSender Sender(HttpMessageHandler network) => new(TelegramToken.Parse("4242:a-token"), new("http://127.0.0.1:9"), network: network);

    /// <summary>Stands for the network: whatever is asked, it has one answer.</summary>
    private sealed class FixedAnswer(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, body is ['{', ..] ? "application/json" : "text/html") });
    }
}
