using System.Text.Json;

namespace ExtGap.EndToEnd.Tests.Running;

/// <summary>A message as the exchange's stand-in for Telegram recorded it.</summary>
/// <param name="Sequence">Its place in the order of receipt.</param>
/// <param name="Chat">The chat, as it was called.</param>
/// <param name="Text">The text, as it was sent.</param>
/// <param name="ReceivedAt">When it came, by the real clock.</param>
/// <param name="IsAccepted">Whether it stands in the chat.</param>
public sealed record ChatMessage(long Sequence, string Chat, string Text, DateTimeOffset ReceivedAt, bool IsAccepted)
{
    /// <summary>Everything that was received, accepted or not.</summary>
    public static async Task<IReadOnlyList<ChatMessage>> ReadAsync(ExchangeProcess exchange, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await exchange.Http.GetStringAsync(new Uri("/control/telegram", UriKind.Relative), cancellationToken));
        return [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(message => new ChatMessage(
            message.GetProperty("sequence").GetInt64(),
            message.GetProperty("chat").GetString()!,
            message.GetProperty("text").GetString()!,
            message.GetProperty("receivedAt").GetDateTimeOffset(),
            message.GetProperty("accepted").GetBoolean()))];
    }

    /// <summary>Waits until what was accepted is as somebody wants it.</summary>
    public static async Task<IReadOnlyList<ChatMessage>> WaitForAsync(ExchangeProcess exchange, Func<IReadOnlyList<ChatMessage>, bool> wanted, CancellationToken cancellationToken)
    {
        List<ChatMessage> last = [];
        return await Waiting.ForAsync(
            async () => wanted(last = [.. (await ReadAsync(exchange, cancellationToken)).Where(message => message.IsAccepted)]) ? last : null,
            () => string.Join('\n', last),
            cancellationToken);
    }
}
