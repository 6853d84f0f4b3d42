using System.Text.Json;

namespace ExtGap.Exchange.Faults;

/// <summary>
/// A change of the faults in force: <c>{"set":["silence,for=40s"],"clear":["rest-500"]}</c>, or faults to set as plain text, with spaces or lines between
/// them. What it says holds as a whole or, something in it being wrong, not at all.
/// </summary>
internal sealed record FaultRequest(IReadOnlyList<Fault> Set, IReadOnlyList<string> Clear)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It makes no sense; the message says why.</exception>
    public static FaultRequest Parse(string text)
    {
        if (text.TrimStart() is ['{', ..])
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                return Read(document.RootElement);
            }
            catch (JsonException e)
            {
                throw new FormatException($"This is not JSON: {e.Message}", e);
            }
        }

        var faults = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return faults.Length > 0
            ? new(Array.ConvertAll(faults, Fault.Parse), [])
            : throw new FormatException("Nothing is asked for: {\"set\":[\"silence,for=40s\"],\"clear\":[\"rest-500\"]} or a fault as plain text would be.");
    }

    /// <summary>Whether it clears a fault: by its name, or by name and value (<c>telegram-blocked=5</c>) as it was set.</summary>
    public bool Clears(Fault fault) => Clear.Any(text =>
        string.Equals(text, fault.Definition.Name, StringComparison.Ordinal)
        || string.Equals(text, fault.Text, StringComparison.Ordinal)
        || string.Equals(text, fault.Text.Split(',')[0], StringComparison.Ordinal));

    private static FaultRequest Read(JsonElement request)
    {
        string[] set = [];
        string[] clear = [];
        foreach (var property in request.EnumerateObject())
        {
            switch (property.Name)
            {
                case "set":
                    set = Texts(property);
                    break;
                case "clear":
                    clear = Texts(property);
                    break;
                default:
                    throw new FormatException($"'{property.Name}' is not known: \"set\" and \"clear\" are, each a list of faults.");
            }
        }

        foreach (var text in clear)
        {
            _ = FaultCatalog.Find(text.Split('=', ',')[0]) ?? throw new FormatException($"'{text}' is not a fault; there are {FaultCatalog.Names}.");
        }

        return new(Array.ConvertAll(set, Fault.Parse), clear);
    }

    private static string[] Texts(JsonProperty property) =>
        property.Value.ValueKind is JsonValueKind.Array && property.Value.EnumerateArray().All(text => text.ValueKind is JsonValueKind.String)
            ? [.. property.Value.EnumerateArray().Select(text => text.GetString()!)]
            : throw new FormatException($"\"{property.Name}\" is not a list of faults: [\"silence,for=40s\"] would be.");
}
