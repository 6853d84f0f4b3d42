using System.Globalization;
using System.Text.Json;
using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Rest;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>What is there for those who run the exchange, and not on Binance's.</summary>
internal sealed class ControlEndpoints(ExchangeState exchange)
{
    private const int MostBodyCharacters = 64 * 1024;

    /// <summary>Answers a request, whose address may not exist.</summary>
    public Task HandleAsync(HttpContext context, string path) => (path.TrimEnd('/'), context.Request.Method) switch
    {
        ("/control", "GET") => HttpAnswer.JsonAsync(context, json => ControlStatus.Write(exchange, json)),
        ("/control/faults", "GET") => AnswerFaultsAsync(context),
        ("/control/faults", "POST") => ChangeFaultsAsync(context),
        ("/control/faults", "DELETE") => ClearFaultsAsync(context),
        ("/control/telegram", "GET") => AnswerMessagesAsync(context),
        _ => ApiEndpoints.AnswerErrorAsync(context, RestError.NoSuchPath(path, context.Request.Method)),
    };

    private Task AnswerFaultsAsync(HttpContext context) => HttpAnswer.JsonAsync(context, json => FaultStatus.Write(exchange.Faults, json));

    private Task ClearFaultsAsync(HttpContext context)
    {
        exchange.Faults.Change([], _ => true);
        return AnswerFaultsAsync(context);
    }

    private async Task ChangeFaultsAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var buffer = new char[MostBodyCharacters];
        var length = await reader.ReadBlockAsync(buffer, context.RequestAborted);
        try
        {
            var request = FaultRequest.Parse(new string(buffer, 0, length));
            exchange.Faults.Change(request.Set, request.Clears);
        }
        catch (FormatException e)
        {
            await HttpAnswer.JsonAsync(context, json => FaultStatus.WriteRefusal(e.Message, json), StatusCodes.Status400BadRequest);
            return;
        }

        await AnswerFaultsAsync(context);
    }

    private Task AnswerMessagesAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (since, chat, accepted) = (query["since"].ToString(), query["chat"].ToString(), query["accepted"].ToString());
        var sequence = 0L;
        if ((since.Length > 0 && !long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out sequence))
            || accepted is not ("" or "true" or "false"))
        {
            return HttpAnswer.JsonAsync(context, WriteBadFilter, StatusCodes.Status400BadRequest);
        }

        var messages = exchange.Messages.Since(sequence).Where(message =>
            (chat.Length == 0 || string.Equals(message.Chat, chat, StringComparison.Ordinal)) && (accepted.Length == 0 || message.IsAccepted == accepted is "true"));
        return HttpAnswer.JsonAsync(context, json => WriteMessages(messages, json));
    }

    private static void WriteBadFilter(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("error", "The messages can be chosen by ?since=SEQUENCE, ?chat=CHAT and ?accepted=true or false.");
        json.WriteEndObject();
    }

    private void WriteMessages(IEnumerable<Telegram.TelegramMessage> messages, Utf8JsonWriter json)
    {
        var (received, accepted) = exchange.Messages.Counts;
        json.WriteStartObject();
        json.WriteNumber("received", received);
        json.WriteNumber("accepted", accepted);
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            message.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
