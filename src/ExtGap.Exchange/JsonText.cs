using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExtGap.Exchange;

/// <summary>How JSON is written: as the exchange does, quotes and backquotes as they are and not as <c>\u0027</c>.</summary>
internal static class JsonText
{
    /// <summary>Options for every writer.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
