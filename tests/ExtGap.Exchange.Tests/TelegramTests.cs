using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExtGap.Exchange.Tests.Support;
using Xunit;

namespace ExtGap.Exchange.Tests;

public sealed class TelegramTests
{
    private const string Bot = "/bot123456:secret-of-the-bot_000/";

    [Theory(Timeout = 30_000)]
    [InlineData("""{"text":"a"}""", 400, "Bad Request: chat_id is empty")]
    [InlineData("""{"chat_id":"","text":"a"}""", 400, "Bad Request: chat_id is empty")]
    [InlineData("""{"chat_id":"somebody","text":"a"}""", 400, "Bad Request: chat not found")]
    [InlineData("""{"chat_id":1}""", 400, "Bad Request: message text is empty")]
    [InlineData("""{"chat_id":1,"text":" \n "}""", 400, "Bad Request: message text is empty")]
    [InlineData("""{"chat_id":1,"text":"<b></b>","parse_mode":"HTML"}""", 400, "Bad Request: message text is empty")]
    [InlineData("""{"chat_id":1,"text":"a","parse_mode":"RTF"}""", 400, "Bad Request: unsupported parse_mode")]
    [InlineData("""{"chat_id":1,"text":"é<x>","parse_mode":"HTML"}""", 400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 2")]
    [InlineData("""{"chat_id":1,"text":"a < b","parse_mode":"HTML"}""", 400, "Bad Request: can't parse entities: Unsupported start tag \"\" at byte offset 2")]
    [InlineData("""{"chat_id":1,"text":"<b>a","parse_mode":"HTML"}""", 400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("""{"chat_id":1,"text":"<b>a</i>","parse_mode":"html"}""", 400, "Bad Request: can't parse entities: Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"")]
    [InlineData("""{"chat_id":1,"text":"a</b>","parse_mode":"HTML"}""", 400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 1")]
    [InlineData("""{"chat_id":1,"text":"a<b","parse_mode":"HTML"}""", 400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 1")]
    [InlineData("[1]", 400, "Bad Request: can't parse the request's body")]
    [InlineData("{", 400, "Bad Request: can't parse the request's body")]
    public async Task A_message_that_Telegram_can_not_take_is_refused_in_its_words(string body, int code, string description)
    {
        await using var server = await StartAsync();
        var (response, answer) = await PostAsync(server, body);
        Assert.Equal(code, (int)response.StatusCode);
        Assert.Equal(["ok", "error_code", "description"], answer.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(code, answer.GetProperty("error_code").GetInt32());
        Assert.Equal(description, answer.GetProperty("description").GetString());
    }

    [Theory(Timeout = 30_000)]
    [InlineData(4096, "", true)]
    [InlineData(4097, "", false)]
    [InlineData(4096, "HTML", true)]
    [InlineData(4097, "HTML", false)]
    public async Task The_length_counts_after_the_tags_were_read(int length, string mode, bool taken)
    {
        await using var server = await StartAsync();
        var text = new string('x', length - 1) + (mode.Length > 0 ? "<b>&amp;</b>" : "y");
        var (response, answer) = await PostAsync(server, JsonSerializer.Serialize(new { chat_id = 1, text, parse_mode = mode }));
        Assert.Equal(taken, response.IsSuccessStatusCode);
        Assert.Equal(taken ? null : "Bad Request: message is too long", taken ? null : answer.GetProperty("description").GetString());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("1", "private")]
    [InlineData("-5", "group")]
    [InlineData("-1001234567890", "supergroup")]
    [InlineData("@news", "channel")]
    public async Task A_message_is_answered_with_its_text_as_people_see_it_and_its_chat(string chat, string type)
    {
        await using var server = await StartAsync();
        var (_, answer) = await PostAsync(server, JsonSerializer.Serialize(
            new { chat_id = chat, text = "<b>a &lt; b</b> <a href=\"http://x/?a>b\">&#x41;</a>", parse_mode = "HTML" }));
        Assert.True(answer.GetProperty("ok").GetBoolean());
        var result = answer.GetProperty("result");
        Assert.Equal(1, result.GetProperty("message_id").GetInt64());
        Assert.Equal("a < b A", result.GetProperty("text").GetString());
        Assert.Equal(type, result.GetProperty("chat").GetProperty("type").GetString());
        Assert.Equal(123456, result.GetProperty("from").GetProperty("id").GetInt64());
        Assert.InRange(result.GetProperty("date").GetInt64(), 1_700_000_000, 10_000_000_000);
    }

    [Fact(Timeout = 30_000)]
    public async Task Parameters_may_come_by_query_form_multipart_or_JSON_and_methods_in_any_case()
    {
        await using var server = await StartAsync();
        await TestExchange.GetAsync(server, Bot + "SendMessage?chat_id=1&text=query");
        using var form = new FormUrlEncodedContent([new("chat_id", "1"), new("text", "form & more")]);
        await TestExchange.SendAsync(server, HttpMethod.Post, Bot + "sendmessage", form);
        using var multipart = new MultipartFormDataContent { { new StringContent("1"), "chat_id" }, { new StringContent("multipart"), "text" } };
        await TestExchange.SendAsync(server, HttpMethod.Post, Bot + "SENDMESSAGE", multipart);
        await PostAsync(server, """{"chat_id":1,"text":"JSON"}""");
        Assert.Equal(["query", "form & more", "multipart", "JSON"], (await MessagesAsync(server)).Select(message => message.GetProperty("text").GetString()!), StringComparer.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/bot123/getMe")]
    [InlineData("/botabc:def/getMe")]
    [InlineData("/bot1:/getMe")]
    [InlineData("/bot1:a$b/getMe")]
    [InlineData("/bot1:abc/sendNothing")]
    [InlineData("/bot1:abc")]
    public async Task What_Telegram_does_not_know_is_not_found(string path)
    {
        await using var server = await StartAsync();
        var (response, body) = await TestExchange.GetAsync(server, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"ok":false,"error_code":404,"description":"Not Found"}""", body.GetRawText());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("telegram-429=7", 429, "Too Many Requests: retry after 7", """{"retry_after":7}""")]
    [InlineData("telegram-chat-not-found", 400, "Bad Request: chat not found", null)]
    [InlineData("telegram-blocked=-5", 403, "Forbidden: bot was blocked by the user", null)]
    [InlineData("telegram-migrate=-5:-1005", 400, "Bad Request: group chat was upgraded to a supergroup chat", """{"migrate_to_chat_id":-1005}""")]
    [InlineData("telegram-cant-parse", 400, "Bad Request: can't parse entities: Unsupported start tag \"fault\" at byte offset 0", null)]
    [InlineData("telegram-401", 401, "Unauthorized", null)]
    [InlineData("telegram-500", 500, "Internal Server Error", null)]
    public async Task A_fault_refuses_a_message_as_Telegram_would_until_it_is_cleared(string fault, int code, string description, string? parameters)
    {
        await using var server = await StartAsync(fault);
        const string Message = """{"chat_id":-5,"text":"a","parse_mode":"HTML"}""";
        var (response, answer) = await PostAsync(server, Message);
        Assert.Equal(code, (int)response.StatusCode);
        Assert.Equal(code, answer.GetProperty("error_code").GetInt32());
        Assert.Equal(description, answer.GetProperty("description").GetString());
        Assert.Equal(parameters, answer.TryGetProperty("parameters", out var more) ? more.GetRawText() : null);
        await TestExchange.ClearAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, Message)).Response.StatusCode);
        var messages = await MessagesAsync(server);
        Assert.Equal([false, true], messages.Select(message => message.GetProperty("accepted").GetBoolean()));
        Assert.Equal(code, messages[0].GetProperty("errorCode").GetInt32());
        Assert.Equal(description, messages[0].GetProperty("description").GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_fault_of_one_chat_leaves_the_others_alone_and_each_chat_has_its_own()
    {
        await using var server = await StartAsync("telegram-blocked=1", "telegram-blocked=2");
        Assert.Equal(HttpStatusCode.Forbidden, await ToChatAsync(server, 1));
        Assert.Equal(HttpStatusCode.Forbidden, await ToChatAsync(server, 2));
        Assert.Equal(HttpStatusCode.OK, await ToChatAsync(server, 3));
        using var clear = JsonContent.Create(new { clear = new[] { "telegram-blocked=1" } });
        await TestExchange.SendAsync(server, HttpMethod.Post, "/control/faults", clear);
        Assert.Equal(HttpStatusCode.OK, await ToChatAsync(server, 1));
        Assert.Equal(HttpStatusCode.Forbidden, await ToChatAsync(server, 2));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_that_can_not_be_parsed_goes_as_plain_text()
    {
        await using var server = await StartAsync("telegram-cant-parse");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, """{"chat_id":1,"text":"a","parse_mode":"HTML"}""")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, """{"chat_id":1,"text":"a"}""")).Response.StatusCode);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("telegram-closed", false)]
    [InlineData("telegram-no-answer,for=2s", false)]
    [InlineData("telegram-answer-lost", true)]
    public async Task A_connection_that_ends_without_an_answer_may_have_delivered_the_message_or_not(string fault, bool delivered)
    {
        await using var server = await StartAsync(fault);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(server, """{"chat_id":1,"text":"a"}"""));
        var message = Assert.Single(await MessagesAsync(server));
        Assert.Equal(delivered, message.GetProperty("accepted").GetBoolean());
        Assert.False(message.GetProperty("answered").GetBoolean());
        Assert.Equal(fault.Split(',')[0], message.GetProperty("fault").GetString());
    }

    [Fact(Timeout = 30_000)]
    public async Task No_answer_holds_a_request_until_the_fault_is_cleared_even_when_it_was_the_last_time()
    {
        await using var server = await StartAsync("telegram-no-answer,times=1");
        var waiting = PostAsync(server, """{"chat_id":1,"text":"a"}""");
        while ((await MessagesAsync(server)).Count == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.OK, await ToChatAsync(server, 1));
        Assert.False(waiting.IsCompleted);
        await TestExchange.ClearAsync(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_slow_answer_comes_after_the_message_was_taken()
    {
        await using var server = await StartAsync("telegram-slow=300ms");
        var since = TimeProvider.System.GetTimestamp();
        Assert.Equal(HttpStatusCode.OK, await ToChatAsync(server, 1));
        Assert.True(TimeProvider.System.GetElapsedTime(since) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact(Timeout = 30_000)]
    public async Task Limits_allow_a_message_a_second_to_a_chat()
    {
        await using var server = await StartAsync("telegram-limits");
        Assert.Equal(HttpStatusCode.OK, await ToChatAsync(server, 1));
        Assert.Equal(HttpStatusCode.OK, await ToChatAsync(server, 2));

        // On a busy machine a second may pass between two of them.
        HttpResponseMessage response;
        JsonElement answer;
        do
        {
            (response, answer) = await PostAsync(server, """{"chat_id":1,"text":"a"}""");
        }
        while (response.StatusCode == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(1, answer.GetProperty("parameters").GetProperty("retry_after").GetInt32());
    }

    [Fact(Timeout = 30_000)]
    public async Task The_list_tells_each_message_in_order_and_never_the_token()
    {
        await using var server = await StartAsync();
        await ToChatAsync(server, 1);
        await PostAsync(server, """{"chat_id":2}""");
        await PostAsync(server, """{"chat_id":1,"text":"<b>x</b>","parse_mode":"HTML"}""");
        var all = await MessagesAsync(server);
        Assert.Equal([1, 2, 3], all.Select(message => message.GetProperty("sequence").GetInt32()));
        Assert.Equal("<b>x</b> HTML 123456", string.Join(' ', all[2].GetProperty("text"), all[2].GetProperty("parseMode"), all[2].GetProperty("bot")));
        Assert.Equal(SampleStart, all[2].GetProperty("exchangeTime").GetInt64());
        Assert.Equal([1, 3], (await MessagesAsync(server, "?chat=1")).Select(message => message.GetProperty("sequence").GetInt32()));
        Assert.Equal([3], (await MessagesAsync(server, "?since=2")).Select(message => message.GetProperty("sequence").GetInt32()));
        Assert.Equal([1, 3], (await MessagesAsync(server, "?accepted=true")).Select(message => message.GetProperty("sequence").GetInt32()));
        Assert.Equal([2], (await MessagesAsync(server, "?accepted=false")).Select(message => message.GetProperty("sequence").GetInt32()));
        Assert.Equal(HttpStatusCode.BadRequest, (await TestExchange.GetAsync(server, "/control/telegram?accepted=yes")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await TestExchange.GetAsync(server, "/control/telegram?since=today")).Response.StatusCode);
        foreach (var path in (string[])["/control", "/control/telegram", "/control/faults"])
        {
            Assert.DoesNotContain("secret", (await TestExchange.GetAsync(server, path)).Body.GetRawText(), StringComparison.Ordinal);
        }
    }

    private const long SampleStart = 1_735_689_600_000;

    private static Task<ExchangeServer> StartAsync(params string[] faults) => ExchangeServer.StartAsync(
        TestExchange.OnAnyPort with { WaitFor = 1, Start = new(SampleStart), Faults = faults }, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(ExchangeServer server, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await TestExchange.SendAsync(server, HttpMethod.Post, Bot + "sendMessage", content);
    }

    private static async Task<HttpStatusCode> ToChatAsync(ExchangeServer server, int chat) =>
        (await PostAsync(server, $$"""{"chat_id":{{chat}},"text":"a"}""")).Response.StatusCode;

    private static async Task<List<JsonElement>> MessagesAsync(ExchangeServer server, string filter = "") =>
        [.. (await TestExchange.GetAsync(server, "/control/telegram" + filter)).Body.GetProperty("messages").EnumerateArray()];
}
