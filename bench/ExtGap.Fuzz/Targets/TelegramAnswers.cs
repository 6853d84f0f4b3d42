using System.Net;
using ExtGap.Bot.Telegram;
using ExtGap.Fuzz.Inputs;
using ExtGap.Fuzz.Running;

namespace ExtGap.Fuzz.Targets;

/// <summary>Answers of Telegram's, understood by <see cref="TelegramBotSender"/>. An input's first byte says the status; the rest is the body.</summary>
internal sealed class TelegramAnswers : FuzzTarget
{
    private const string Secret = "4242:a-token-that-must-appear-nowhere";

    private static readonly int[] Statuses = [200, 400, 401, 403, 404, 413, 429, 500, 502, 302];

    private static readonly List<byte[]> Bodies = Texts.Utf8(
        """{"ok":true,"result":{"message_id":7,"date":1762887119,"chat":{"id":-1001234567890,"type":"supergroup","title":"x"},"from":{"id":1,"is_bot":true,"first_name":"b","username":"extgap_bot"},"text":"hello","entities":[{"type":"bold","offset":0,"length":5}]}}""",
        """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":5}}""",
        """{"ok":false,"error_code":400,"description":"Bad Request: chat not found","parameters":{"migrate_to_chat_id":-1001234567891}}""",
        $$"""{"ok":false,"error_code":403,"description":"Forbidden: {{Secret}} was blocked by the user"}""");

    private static readonly List<byte[]> Sent = Bodies[..1];

    private readonly TelegramToken _token = TelegramToken.Parse(Secret);

    public override string Name => "telegram-answers";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Sent.Select(body => With(0, body))];

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Quoted("ok", "result", "error_code", "description", "parameters", "retry_after", "migrate_to_chat_id", "message_id", "date", "chat", "id", "type", "entities", Secret);

    public override long Allowance(int length) => (512 * 1024) + (256L * length);

    public override byte[] Make(ref Rng rng, Mutator mutator)
    {
        var status = rng.OneIn(2) ? 0 : rng.Below(Statuses.Length);
        var body = rng.OneIn(8) ? JsonGrammar.Generate(ref rng, Words) : mutator.Mutate(ref rng, status == 0 && !rng.OneIn(8) ? Sent : Bodies, Words);
        return With(status, body);
    }

    public override bool Read(byte[] input)
    {
        var status = Statuses[(input.Length > 0 ? input[0] : 0) % Statuses.Length];
        using var answer = new FixedAnswer((HttpStatusCode)status, input.AsSpan(Math.Min(1, input.Length)).ToArray());
        using var sender = new TelegramBotSender(_token, new("http://127.0.0.1:9"), network: answer);
        var result = Wait(sender.SendAsync("1", "hello", isHtml: true, CancellationToken.None));
        BrokenPromiseException.ThrowIf(result.ToString().Contains(Secret, StringComparison.Ordinal), $"the token is in {result}");
        BrokenPromiseException.ThrowIf(result is SendResult.TooMany { RetryAfter.TotalSeconds: < 1 or > 86_400 }, $"it waits for {result}");
        return result is SendResult.Sent;
    }

    private static byte[] With(int status, byte[] body) => [(byte)status, .. body];
}
