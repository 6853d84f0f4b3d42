using System.Buffers;
using System.Text.Json;

namespace ExtGap.Exchange.Streams;

/// <summary>The exchange's answers to what connections ask for.</summary>
internal static class StreamAnswer
{
    /// <summary>It was done (or has no effect).</summary>
    public static byte[] Done(ulong id) => Write(id, static json => json.WriteNull("result"));

    /// <summary>A list of streams.</summary>
    public static byte[] Names(ulong id, IReadOnlyList<string> names) => Write(id, json =>
    {
        json.WriteStartArray("result");
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    });

    /// <summary>A property's value.</summary>
    public static byte[] Property(ulong id, bool value) => Write(id, json => json.WriteBoolean("result", value));

    /// <summary>An error; its id only where the request had a usable one.</summary>
    public static byte[] Refused(StreamRequest.Refused refused) => Write(refused.Id, json =>
    {
        json.WriteNumber("code", refused.Code);
        json.WriteString("msg", refused.Message);
    });

    private static byte[] Write(ulong? id, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Options))
        {
            json.WriteStartObject();
            content(json);
            if (id is { } number)
            {
                json.WriteNumber("id", number);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
