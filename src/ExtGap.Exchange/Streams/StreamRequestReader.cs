using System.Text.Json;

namespace ExtGap.Exchange.Streams;

/// <summary>Reads what a connection sent; what can't be read is refused with the exchange's own codes and words.</summary>
internal static class StreamRequestReader
{
    private const int UnknownProperty = 0;
    private const int InvalidType = 1;
    private const int InvalidRequest = 2;
    private const int InvalidJson = 3;

    private const string PropertyName = "Invalid request: property name must be a string";

    /// <summary>Reads one message.</summary>
    public static StreamRequest Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return Interpret(Fields.Of(message), message);
        }
        catch (JsonException e)
        {
            return new StreamRequest.Refused(
                null, InvalidJson, $"Invalid JSON: expected value at line {(e.LineNumber ?? 0) + 1} column {(e.BytePositionInLine ?? 0) + 1}");
        }
        catch (InvalidOperationException)
        {
            // A text that is none: half of a surrogate pair, or bytes that are no UTF-8. The reader does not say where.
            return new StreamRequest.Refused(null, InvalidJson, "Invalid JSON: expected value at line 1 column 1");
        }
    }

    private static StreamRequest Interpret(in Fields fields, ReadOnlySpan<byte> message)
    {
        ulong id = 0;
        var known = fields.Id is { ValueKind: JsonValueKind.Number } number && number.TryGetUInt64(out id);
        if (fields.Method is not { } method)
        {
            return Refuse(known ? id : null, $"missing field `method` at {PositionIn(message, fields.End)}");
        }

        if (method is not ("SUBSCRIBE" or "UNSUBSCRIBE" or "LIST_SUBSCRIPTIONS" or "SET_PROPERTY" or "GET_PROPERTY"))
        {
            return Refuse(
                known ? id : null,
                $"unknown variant `{method}`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at {PositionIn(message, fields.MethodEnd)}");
        }

        if (!known)
        {
            return Refuse(null, "request ID must be an unsigned integer");
        }

        var parameters = fields.Parameters is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().ToArray() : [];
        return method switch
        {
            "SUBSCRIBE" => Names(parameters) is { } names ? new StreamRequest.Subscribe(id, names) : Refuse(id, "stream name must be a string"),
            "UNSUBSCRIBE" => Names(parameters) is { } names ? new StreamRequest.Unsubscribe(id, names) : Refuse(id, "stream name must be a string"),
            "LIST_SUBSCRIPTIONS" => parameters.Length == 0 ? new StreamRequest.ListSubscriptions(id) : Refuse(id, "too many parameters"),
            "SET_PROPERTY" => Set(id, parameters),
            _ => Get(id, parameters),
        };
    }

    private static StreamRequest Set(ulong id, JsonElement[] parameters)
    {
        if (CheckProperty(id, parameters, 2) is { } refused)
        {
            return refused;
        }

        return parameters.Length == 2 && parameters[1].ValueKind is JsonValueKind.True or JsonValueKind.False
            ? new StreamRequest.SetCombined(id, parameters[1].GetBoolean())
            : new StreamRequest.Refused(id, InvalidType, "Invalid value type: expected Boolean");
    }

    private static StreamRequest Get(ulong id, JsonElement[] parameters) =>
        CheckProperty(id, parameters, 1) ?? (StreamRequest)new StreamRequest.GetCombined(id);

    private static StreamRequest.Refused? CheckProperty(ulong id, JsonElement[] parameters, int most)
    {
        if (parameters.Length == 0 || parameters[0].ValueKind != JsonValueKind.String)
        {
            return new(id, InvalidRequest, PropertyName);
        }

        if (parameters.Length > most)
        {
            return Refuse(id, "too many parameters");
        }

        return parameters[0].ValueEquals("combined"u8) ? null : new(id, UnknownProperty, "Unknown property");
    }

    private static string[]? Names(JsonElement[] parameters) =>
        Array.TrueForAll(parameters, name => name.ValueKind == JsonValueKind.String) ? Array.ConvertAll(parameters, name => name.GetString()!) : null;

    private static StreamRequest.Refused Refuse(ulong? id, string what) => new(id, InvalidRequest, $"Invalid request: {what}");

    private static string PositionIn(ReadOnlySpan<byte> message, int offset)
    {
        var before = message[..offset];
        return $"line {before.Count((byte)'\n') + 1} column {before.Length - (before.LastIndexOf((byte)'\n') + 1)}";
    }

    private ref struct Fields
    {
        public string? Method;
        public int MethodEnd;
        public JsonElement? Id;
        public JsonElement? Parameters;
        public int End;

        public static Fields Of(ReadOnlySpan<byte> message)
        {
            var fields = default(Fields);
            var reader = new Utf8JsonReader(message);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                fields.End = (int)reader.BytesConsumed;
                return fields;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                fields.ReadField(ref reader);
            }

            fields.End = (int)reader.BytesConsumed;

            // Anything behind the object makes the whole no JSON.
            reader.Read();
            return fields;
        }

        private void ReadField(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                Method = reader.TokenType == JsonTokenType.String ? reader.GetString() : JsonElement.ParseValue(ref reader).GetRawText();
                MethodEnd = (int)reader.BytesConsumed;
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                Id = JsonElement.ParseValue(ref reader);
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                Parameters = JsonElement.ParseValue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
