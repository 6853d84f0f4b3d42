namespace ExtGap.Bot.Telegram;

/// <summary>How the delivery fares, for the status.</summary>
/// <param name="Waiting">Messages that the chat furthest behind does not have yet.</param>
/// <param name="Off">Why nothing can be delivered at all: Telegram refuses the token; none where it can.</param>
/// <param name="Troubles">Chats that are left alone or can't be reached, each with the reason.</param>
internal sealed record DeliveryStatus(long Waiting, string? Off, IReadOnlyList<string> Troubles)
{
    public static DeliveryStatus Idle { get; } = new(0, null, []);
}
