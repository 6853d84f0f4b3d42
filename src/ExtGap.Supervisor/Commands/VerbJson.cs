using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Commands;

/// <summary>What verbs print with <c>--json</c>, and what <c>extgap-bot check --json</c> says.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(BotCheck))]
internal sealed partial class VerbJson : JsonSerializerContext
{
    public static JsonTypeInfo<SupervisorStatus> Status => ControlJson.Default.SupervisorStatus;

    /// <summary>A document as text, without a newline behind it.</summary>
    public static string Write<T>(T value, JsonTypeInfo<T> type, bool isIndented)
    {
        // Quotes and signs stay legible; control characters are escaped all the same.
        var options = new JsonWriterOptions { Indented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
