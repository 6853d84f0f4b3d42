using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Telegram;

/// <summary>A call of the Bot API: a method and its parameters, wherever the request had them. The token stays out of it.</summary>
/// <param name="BotId">The part of the token before the colon; no secret.</param>
/// <param name="Method">The method in lower case.</param>
/// <param name="Parameters">The parameters' texts.</param>
internal sealed record TelegramCall(long BotId, string Method, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>A parameter's text; empty where it is not there.</summary>
    public string this[string name] => Parameters.GetValueOrDefault(name, string.Empty);

    /// <summary>Reads the parameters of a query, a form (of either kind) or a JSON object.</summary>
    /// <exception cref="FormatException">The body can't be read.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadParametersAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query)
        {
            parameters[name] = value.ToString();
        }

        try
        {
            if (request.HasFormContentType)
            {
                foreach (var (name, value) in await request.ReadFormAsync(cancellationToken))
                {
                    parameters[name] = value.ToString();
                }
            }
            else if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true)
            {
                await ReadJsonAsync(request.Body, parameters, cancellationToken);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new FormatException("Bad Request: can't parse the request's body", e);
        }

        return parameters;
    }

    private static async Task ReadJsonAsync(Stream body, Dictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
        {
            throw new JsonException("Not an object.");
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            // Of an object or a list the text is its JSON, as in a form.
            parameters[property.Name] = property.Value.ToString();
        }
    }
}
