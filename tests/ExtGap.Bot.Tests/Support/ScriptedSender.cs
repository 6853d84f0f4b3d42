using System.Collections.Concurrent;
using ExtGap.Bot.Telegram;

namespace ExtGap.Bot.Tests.Support;

/// <summary>Telegram as a test wants it: answers by what it is asked, and keeps all that it was given.</summary>
internal sealed class ScriptedSender : ITelegramSender
{
    private readonly ConcurrentQueue<(string Chat, string Text, bool IsHtml, SendResult? Result)> _tries = new();

    /// <summary>What becomes of a message; the number counts the tries of its chat from 0.</summary>
    public Func<string, int, CancellationToken, Task<SendResult>> Answer { get; set; } = (_, _, _) => Task.FromResult<SendResult>(new SendResult.Sent());

    public ConcurrentDictionary<string, int> Started { get; } = new();

    public void AnswerWith(Func<string, int, SendResult> answer) => Answer = (chat, number, _) => Task.FromResult(answer(chat, number));

    public string[] Taken(string chat) => [.. _tries.Where(t => t.Chat == chat && t.Result is SendResult.Sent).Select(t => t.Text)];

    public (string Text, bool IsHtml)[] Tries(string chat) => [.. _tries.Where(t => t.Chat == chat).Select(t => (t.Text, t.IsHtml))];

    public int StartedOf(string chat) => Started.GetValueOrDefault(chat);

    public async Task<SendResult> SendAsync(string chat, string text, bool isHtml, CancellationToken cancellationToken)
    {
        var number = Started.AddOrUpdate(chat, 1, (_, count) => count + 1) - 1;
        var result = await Answer(chat, number, cancellationToken);
        _tries.Enqueue((chat, text, isHtml, result));
        return result;
    }
}
