using System.Globalization;
using System.Net;
using ExtGap.Shared;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace ExtGap.Bot.Telegram;

/// <summary>Sends by Telegram.Bot. Its token is part of each request's address, so nothing of a request or of an exception leaves here unseen.</summary>
internal sealed class TelegramBotSender : ITelegramSender, ITelegramInquiry, IDisposable
{
    /// <summary>The most bytes that an answer may have.</summary>
    public const int MaxAnswerBytes = 1024 * 1024;

    private const int LongestReason = 300;
    private const int LongestName = 64;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // What Telegram says of a text that it takes in no chat.
    private static readonly string[] TextFaults =
        ["can't parse entities", "message is too long", "MESSAGE_TOO_LONG", "message text is empty", "MESSAGE_EMPTY", "text must be", "message must be non-empty", "strings must be encoded", "ENTITY_", "ENTITIES_"];

    // What it says of a chat that will not take messages until somebody does something about it.
    private static readonly string[] ChatFaults =
        ["chat not found", "not enough rights", "have no rights", "need administrator rights", "is deactivated", "CHAT_", "CHANNEL_", "TOPIC_", "PEER_", "USER_"];

    private readonly TelegramToken _token;
    private readonly HttpClient _http;
    private readonly TelegramBotClient _client;

    /// <param name="token">Of the bot that speaks.</param>
    /// <param name="telegramUrl">Where Telegram is.</param>
    /// <param name="timeout">How long an answer may take to be there as a whole; none for the usual 30 s.</param>
    /// <param name="network">What carries the requests; the network itself where nothing is given.</param>
    public TelegramBotSender(TelegramToken token, Uri telegramUrl, TimeSpan? timeout = null, HttpMessageHandler? network = null)
    {
        _token = token;
        network ??= new SocketsHttpHandler
        {
            // An address elsewhere could have the token in it, or the message be meant for somebody else.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        _http = new HttpClient(network) { Timeout = timeout ?? Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };

        // The library would wait out a 429 inside the call, which would hold back nothing else but know nothing of a stop.
        var options = new TelegramBotClientOptions(token.Reveal(), telegramUrl.GetLeftPart(UriPartial.Authority)) { RetryCount = 0, RetryThreshold = 0 };
        _client = new TelegramBotClient(options, _http);
    }

    // Before the first request: from then on the library's options are fixed.
    static TelegramBotSender() => JsonBotAPI.Options.TypeInfoResolver = TelegramJson.Default;

    public Task<SendResult> SendAsync(string chat, string text, bool isHtml, CancellationToken cancellationToken) =>
        AskAsync(() => _client.SendRequest(new TelegramRequest("sendMessage") { Chat = chat, Text = text, IsHtml = isHtml }, cancellationToken));

    public async Task<(SendResult Result, string? Name)> AskNameAsync(CancellationToken cancellationToken)
    {
        string? name = null;
        var result = await AskAsync(async () =>
            name = await _client.SendRequest(new TelegramRequest("getMe"), cancellationToken) is { Username: { Length: > 0 } user } ? "@" + PlainText.Of(user, LongestName) : null);
        return (result, name);
    }

    public Task<SendResult> AskChatAsync(string chat, CancellationToken cancellationToken) =>
        AskAsync(() => _client.SendRequest(new TelegramRequest("getChat") { Chat = chat }, cancellationToken));

    public void Dispose() => _http.Dispose();

    private async Task<SendResult> AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return new SendResult.Sent();
        }
        catch (ApiRequestException e)
        {
            return Understand(e);
        }
        catch (RequestException e)
        {
            // No answer, or not one of the Bot API's: of a proxy, or of a network that wants a login first.
            return new SendResult.Failed(Harmless(e.HttpStatusCode is { } status and not HttpStatusCode.OK
                ? string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status} that is not Telegram's own answer")
                : e.InnerException?.Message ?? e.Message));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or (OperationCanceledException and { CancellationToken.IsCancellationRequested: false }))
        {
            return new SendResult.Failed(Harmless(e.Message));
        }
    }

    // It gets into the log and into the status, which has to fit into one message to the supervisor.
    private string Harmless(string text) => PlainText.Of(_token.Redact(text), LongestReason);

    private SendResult Understand(ApiRequestException e)
    {
        var why = Harmless(e.Message);
        return e switch
        {
            { Parameters.MigrateToChatId: { } moved } => new SendResult.ChatMoved(moved.ToString(CultureInfo.InvariantCulture)),
            { ErrorCode: 429 } => new SendResult.TooMany(TimeSpan.FromSeconds(Math.Clamp(e.Parameters?.RetryAfter ?? 1, 1, 86_400))),
            { ErrorCode: 401 or 404 } => new SendResult.TokenRefused(why),
            { ErrorCode: 403 } => new SendResult.ChatGone(why),
            { ErrorCode: 413 } => new SendResult.Unacceptable(why),
            { ErrorCode: 400 } when IsOneOf(TextFaults, why) => new SendResult.Unacceptable(why),
            { ErrorCode: 400 } when IsOneOf(ChatFaults, why) => new SendResult.ChatGone(why),
            { ErrorCode: 400 } => new SendResult.Unexplained(why),
            _ => new SendResult.Failed(why),
        };
    }

    private static bool IsOneOf(string[] faults, string why) => Array.Exists(faults, fault => why.Contains(fault, StringComparison.OrdinalIgnoreCase));
}
