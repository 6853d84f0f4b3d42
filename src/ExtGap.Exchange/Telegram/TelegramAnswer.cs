using System.Text.Json;
using ExtGap.Exchange.Hosting;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Telegram;

/// <summary>Answers as the Bot API does: <c>{"ok":true,"result":…}</c>, or an error with the same code as the HTTP status.</summary>
internal static class TelegramAnswer
{
    /// <summary>Answers with a result.</summary>
    public static Task ResultAsync(HttpContext context, Action<Utf8JsonWriter> write) => HttpAnswer.JsonAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("ok", true);
        json.WritePropertyName("result");
        write(json);
        json.WriteEndObject();
    });

    /// <summary>Answers with an error.</summary>
    public static Task ErrorAsync(HttpContext context, TelegramError error)
    {
        if (error.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return HttpAnswer.JsonAsync(context, json => Write(error, json), error.Code);
    }

    /// <summary>Writes a message that was taken.</summary>
    public static void WriteMessage(TelegramMessage message, TelegramChat chat, string text, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("message_id", message.MessageId!.Value);
        json.WritePropertyName("from");
        WriteBot(message.BotId, json);
        json.WritePropertyName("chat");
        chat.Write(json);
        json.WriteNumber("date", message.ReceivedAt.ToUnixTimeSeconds());
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    /// <summary>Writes the bot.</summary>
    public static void WriteBot(long id, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteBotFields(id, json);
        json.WriteEndObject();
    }

    /// <summary>Writes the bot with all that <c>getMe</c> tells.</summary>
    public static void WriteMe(long id, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteBotFields(id, json);
        foreach (var ability in (ReadOnlySpan<string>)["can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app"])
        {
            json.WriteBoolean(ability, ability is "can_join_groups");
        }

        json.WriteEndObject();
    }

    private static void WriteBotFields(long id, Utf8JsonWriter json)
    {
        json.WriteNumber("id", id);
        json.WriteBoolean("is_bot", true);
        json.WriteString("first_name", "ExtGap");
        json.WriteString("username", "extgap_bot");
    }

    private static void Write(TelegramError error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("ok", false);
        json.WriteNumber("error_code", error.Code);
        json.WriteString("description", error.Description);
        if (error.RetryAfter is not null || error.MigrateTo is not null)
        {
            json.WriteStartObject("parameters");
            if (error.RetryAfter is { } wait)
            {
                json.WriteNumber("retry_after", wait);
            }

            if (error.MigrateTo is { } chat)
            {
                json.WriteNumber("migrate_to_chat_id", chat);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
