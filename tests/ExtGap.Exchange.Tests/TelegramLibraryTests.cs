using ExtGap.Exchange.Tests.Support;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Xunit;

namespace ExtGap.Exchange.Tests;

/// <summary>The library that the bot uses must find nothing missing.</summary>
public sealed class TelegramLibraryTests
{
    private const string Token = "4242:a-token-that-must-appear-nowhere";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task The_library_sends_a_message_and_reads_the_answer()
    {
        await using var server = await StartAsync();
        var client = ClientOf(server);
        var me = await client.GetMe(Cancelled);
        Assert.Equal(("extgap_bot", 4242, true), (me.Username, me.Id, me.IsBot));
        var chat = await client.GetChat(new ChatId(-1001234567890), Cancelled);
        Assert.Equal(ChatType.Supergroup, chat.Type);
        var message = await SendAsync(client, -1001234567890, "<b>BULLISH #3</b> 1 &lt; 2");
        Assert.Equal("BULLISH #3 1 < 2", message.Text);
        Assert.Equal(ChatType.Supergroup, message.Chat.Type);
        Assert.Equal(1, message.Id);
        Assert.Equal(2, (await SendAsync(client, 5, "second")).Id);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("telegram-429=3", 429, "Too Many Requests: retry after 3")]
    [InlineData("telegram-chat-not-found=5", 400, "Bad Request: chat not found")]
    [InlineData("telegram-blocked", 403, "Forbidden: bot was blocked by the user")]
    [InlineData("telegram-migrate=5:-1005", 400, "Bad Request: group chat was upgraded to a supergroup chat")]
    [InlineData("telegram-401", 401, "Unauthorized")]
    [InlineData("telegram-500", 500, "Internal Server Error")]
    public async Task The_library_understands_every_refusal(string fault, int code, string description)
    {
        await using var server = await StartAsync(fault);
        var e = await Assert.ThrowsAsync<ApiRequestException>(() => SendAsync(ClientOf(server), 5, "text"));
        Assert.Equal(code, e.ErrorCode);
        Assert.Equal(description, e.Message);
        Assert.Equal(code is 429 ? 3 : null, e.Parameters?.RetryAfter);
        Assert.Equal(fault.Contains("migrate", StringComparison.Ordinal) ? -1005 : null, e.Parameters?.MigrateToChatId);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("telegram-closed")]
    [InlineData("telegram-answer-lost")]
    public async Task To_the_library_a_lost_answer_is_a_fault_of_the_network(string fault)
    {
        await using var server = await StartAsync(fault);
        await Assert.ThrowsAsync<RequestException>(() => SendAsync(ClientOf(server), 5, "text"));
    }

    private static Task<ExchangeServer> StartAsync(params string[] faults) =>
        ExchangeServer.StartAsync(TestExchange.OnAnyPort with { Faults = faults }, cancellationToken: Cancelled);

    private static TelegramBotClient ClientOf(ExchangeServer server) =>
        new(new TelegramBotClientOptions(Token, server.Address.GetLeftPart(UriPartial.Authority)) { RetryCount = 0, RetryThreshold = 0 });

    private static Task<Message> SendAsync(TelegramBotClient client, long chat, string text) => client.SendMessage(
        new ChatId(chat), text, ParseMode.Html, linkPreviewOptions: new LinkPreviewOptions { IsDisabled = true }, cancellationToken: Cancelled);
}
