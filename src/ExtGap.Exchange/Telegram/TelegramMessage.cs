using System.Text.Json;
using ExtGap.Core.Market;

namespace ExtGap.Exchange.Telegram;

/// <summary>A message as it was received, and what became of it.</summary>
internal sealed record TelegramMessage
{
    /// <summary>Its place in the order of receipt, from 1.</summary>
    public long Sequence { get; init; }

    /// <summary>When it came, by the real clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it came, by the exchange's clock.</summary>
    public required long ExchangeTime { get; init; }

    /// <summary>The public part of the bot's token.</summary>
    public required long BotId { get; init; }

    /// <summary>The chat, as it was called.</summary>
    public required string Chat { get; init; }

    /// <summary>The text, as it was sent.</summary>
    public required string Text { get; init; }

    /// <summary>How the text was to be read; empty for as it is.</summary>
    public required string ParseMode { get; init; }

    /// <summary>Its number in the chats; none where it was refused.</summary>
    public long? MessageId { get; init; }

    /// <summary>Why it was refused; nothing where it was taken, or where no answer was given.</summary>
    public TelegramError? Error { get; init; }

    /// <summary>The fault because of which no answer was given.</summary>
    public string? Unanswered { get; init; }

    /// <summary>Whether it stands in the chat.</summary>
    public bool IsAccepted => MessageId is not null;

    /// <summary>Writes it for those who run the exchange.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", Sequence);
        json.WriteString("receivedAt", Instant.From(ReceivedAt).ToString());
        json.WriteNumber("exchangeTime", ExchangeTime);
        json.WriteString("exchangeTimeUtc", new Instant(ExchangeTime).ToString());
        json.WriteNumber("bot", BotId);
        json.WriteString("chat", Chat);
        json.WriteString("text", Text);
        json.WriteString("parseMode", ParseMode);
        json.WriteBoolean("accepted", IsAccepted);
        if (MessageId is { } id)
        {
            json.WriteNumber("messageId", id);
        }

        if (Error is { } error)
        {
            json.WriteNumber("errorCode", error.Code);
            json.WriteString("description", error.Description);
        }

        json.WriteBoolean("answered", Unanswered is null);
        if (Unanswered is { } fault)
        {
            json.WriteString("fault", fault);
        }

        json.WriteEndObject();
    }
}
