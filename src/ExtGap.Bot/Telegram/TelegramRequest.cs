using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Telegram.Bot.Requests;

namespace ExtGap.Bot.Telegram;

/// <summary>
/// A request to Telegram with the few parameters that the bot has for it. The library's own requests know each parameter, and their answers
/// all that a message or a chat can be: see <see cref="TelegramJson"/>.
/// </summary>
/// <param name="method">The Bot API's method.</param>
internal sealed class TelegramRequest(string method) : RequestBase<TelegramAnswer>(method)
{
    /// <summary>A chat's number, or a channel's <c>@name</c>; none where the method is about no chat.</summary>
    public string? Chat { get; init; }

    /// <summary>A message's text; none where the method sends none.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the text is HTML, or plain.</summary>
    public bool IsHtml { get; init; }

    /// <summary>The parameters as JSON. No preview of a link is shown.</summary>
    public override HttpContent ToHttpContent()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            WriteChat(writer);
            WriteText(writer);
            writer.WriteEndObject();
        }

        return new ReadOnlyMemoryContent(json.WrittenMemory) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
    }

    private void WriteChat(Utf8JsonWriter writer)
    {
        if (long.TryParse(Chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumber("chat_id"u8, number);
        }
        else if (Chat is not null)
        {
            writer.WriteString("chat_id"u8, Chat);
        }
    }

    private void WriteText(Utf8JsonWriter writer)
    {
        if (Text is null)
        {
            return;
        }

        writer.WriteString("text"u8, Text);
        if (IsHtml)
        {
            writer.WriteString("parse_mode"u8, "HTML"u8);
        }

        writer.WriteStartObject("link_preview_options"u8);
        writer.WriteBoolean("is_disabled"u8, true);
        writer.WriteEndObject();
    }
}
